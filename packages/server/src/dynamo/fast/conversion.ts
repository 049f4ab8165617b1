import { type AttributeMap, marshallMap } from './marshall.ts';
import { unmarshallMap } from './unmarshall.ts';

/** Converts an item or a key. */
type Convert = (map: never) => object;

/** The writes of a batch, or the keys that it reads. */
type Requests = { PutRequest?: { Item: never }; DeleteRequest?: { Key: never } }[] | { Keys: never[] };

/** The body of a request. */
export function bodyOf(input: object): string {
  const body: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(input)) {
    switch (name) {
      case 'Key':
      case 'Item':
      case 'ExpressionAttributeValues':
      case 'ExclusiveStartKey':
        if (value !== undefined) body[name] = marshallMap(value);
        break;
      case 'RequestItems':
        body[name] = inTables(value, (requests: Requests) => convertRequests(requests, marshallMap));
        break;
      default:
        body[name] = value;
    }
  }
  return JSON.stringify(body);
}

/** Parses the body of a response. As in the AWS SDK, an empty body is an empty object. */
export const fieldsOf = (body: string): Record<string, unknown> => JSON.parse(body || '{}') ?? {};

/** Converts the body of a response to the output of a command. */
export function outputOf(body: string): object {
  const output = fieldsOf(body);
  for (const name in output) output[name] = converted(name, output[name]);
  return output;
}

/** The casts: DynamoDB's protocol. */
function converted(name: string, value: unknown): unknown {
  switch (name) {
    case 'Item':
    case 'Attributes':
    case 'LastEvaluatedKey':
      return unmarshallMap(value as AttributeMap);
    case 'Items':
      return (value as AttributeMap[]).map(unmarshallMap);
    case 'Responses':
      return inTables(value as Record<string, AttributeMap[]>, (items) => items.map(unmarshallMap));
    case 'UnprocessedItems':
    case 'UnprocessedKeys':
      return inTables(value as Record<string, Requests>, (requests) => convertRequests(requests, unmarshallMap));
    default:
      return value;
  }
}

const inTables = <Value>(tables: Record<string, Value>, convert: (value: Value) => unknown) =>
  Object.fromEntries(Object.entries(tables).map(([table, value]) => [table, convert(value)]));

function convertRequests(requests: Requests, convert: Convert) {
  if (!Array.isArray(requests)) return { ...requests, Keys: requests.Keys.map(convert) };
  return requests.map(({ PutRequest, DeleteRequest }) => ({
    ...(PutRequest && { PutRequest: { Item: convert(PutRequest.Item) } }),
    ...(DeleteRequest && { DeleteRequest: { Key: convert(DeleteRequest.Key) } }),
  }));
}
