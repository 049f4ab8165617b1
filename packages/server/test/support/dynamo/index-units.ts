import { isDeepStrictEqual } from 'node:util';
import { ACTIVITY_INDEX, CONVERSATION_PREFIX } from '../../../src/dynamo/keys.ts';

type Attributes = Record<string, { S?: string }>;
type Write = { PutRequest?: { Item: Attributes }; DeleteRequest?: { Key: Attributes } };

/** The parts of requests that are read. */
export interface DynamoRequest {
  TableName?: string;
  Key?: Attributes;
  Item?: Attributes;
  RequestItems?: Record<string, Write[]>;
}

/** The parts of responses that are read. */
export interface DynamoResponse {
  Item?: Attributes;
  ConsumedCapacity?: Capacity | Capacity[];
}

interface Capacity {
  CapacityUnits: number;
}

export type Send = (operation: string, body: object) => Promise<{ status: number; body: DynamoResponse }>;

/**
 * The write units of the local index, which dynalite does not report. Call it before the write, and what it resolves to after
 * it. Every item is smaller than a kilobyte.
 */
export async function indexUnits(
  operation: string,
  request: DynamoRequest,
  send: Send,
): Promise<() => Promise<number>> {
  const keys = ['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'].includes(operation) ? keysOf(request) : [];
  const read = () => Promise.all(keys.map(async (key) => (await send('GetItem', key)).body.Item));
  const before = await read();
  return async () => {
    const after = await read();
    return before.reduce((sum, item, index) => sum + unitsBetween(item, after[index]), 0);
  };
}

/** The conversations among the written items, the only items in the index. */
function keysOf({ TableName, Key, Item, RequestItems = {} }: DynamoRequest) {
  const single = { TableName, Key: Key ?? Item };
  const batched = Object.entries(RequestItems).flatMap(([table, writes]) =>
    writes.map(({ PutRequest, DeleteRequest }) => ({ TableName: table, Key: PutRequest?.Item ?? DeleteRequest?.Key })),
  );
  return [single, ...batched].flatMap(({ TableName: table, Key: { pk, sk } = {} }) =>
    sk?.S?.startsWith(CONVERSATION_PREFIX) ? { TableName: table, Key: { pk, sk }, ConsistentRead: true } : [],
  );
}

/** An item whose place in the index changes is deleted from one place and put in another. */
function unitsBetween(before: Attributes | undefined, after: Attributes | undefined): number {
  const [from, to] = [before, after].map((item) => item?.[ACTIVITY_INDEX.sortKey]?.S);
  if (from !== to) return from && to ? 2 : 1;
  return from && !isDeepStrictEqual(before, after) ? 1 : 0;
}
