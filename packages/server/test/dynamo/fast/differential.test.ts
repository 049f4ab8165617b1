/** Our client sends the same requests as the AWS SDK, and reads the same from responses. */
import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import type { Command, Send } from '../../../src/dynamo/commands.ts';
import { dynamoSender } from '../../../src/dynamo/sender.ts';
import { CLIENTS } from '../../support/dynamo/clients.ts';
import { type Received, type Reply, stubDynamo } from '../../support/dynamo/stub-dynamo.ts';

const REGION = 'eu-west-1';
/** The message of DynamoDB's errors. For other errors, each client has its own. */
const MESSAGE = 'canary';
const KEYS = { accessKeyId: 'id', secretAccessKey: 'secret', sessionToken: 'token' };

const stub = await stubDynamo({});
const [fast, sdk] = CLIENTS.map((client) =>
  dynamoSender(
    { region: REGION, endpoint: stub.endpoint, credentials: KEYS, client },
    { sockets: 8, attempts: 1, attemptMs: 5000 },
  ),
) as [Send, Send];
afterAll(stub.close);

/** What each client does with a command and a response, one after the other. */
async function compared(command: Command, reply: Reply) {
  return { own: await outcomeOf(fast, command, reply), other: await outcomeOf(sdk, command, reply) };
}

/** The result or the error, with DynamoDB's message, and the request if one was sent. */
async function outcomeOf(send: Send, command: Command, reply: Reply) {
  stub.reply(reply);
  const outcome = await send(command, { abortSignal: AbortSignal.timeout(10_000) }).then(
    ({ $metadata: _, ...output }: object & { $metadata?: object }) => ({ output }),
    ({ name, message }: Error) => ({ error: name, ...(message === MESSAGE && { message }) }),
  );
  return { outcome, request: stub.requests[0] };
}

const name = fc.stringMatching(/^[a-zA-Z_#:]{1,8}$/);
const number = fc.oneof(
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }),
);
const scalar = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  number,
  fc.boolean(),
  fc.constant(null),
);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    scalar,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(name, tie('value'), { maxKeys: 3 }),
  ),
}));
const odd = fc.constantFrom(undefined, 2 ** 53, -(2 ** 53), Number.NaN, Number.POSITIVE_INFINITY, { a: undefined }, [
  undefined,
]);
const map = fc.dictionary(name, fc.oneof({ weight: 20, arbitrary: value }, { weight: 1, arbitrary: odd }), {
  maxKeys: 5,
});
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const TableName = fc.constantFrom('Messages', 'Item', 'Key');
const condition = {
  ConditionExpression: maybe(fc.string()),
  ExpressionAttributeNames: maybe(fc.dictionary(name, fc.string(), { maxKeys: 2 })),
  ExpressionAttributeValues: maybe(map),
};
const write = fc.oneof(
  fc.record({ PutRequest: fc.record({ Item: map }) }),
  fc.record({ DeleteRequest: fc.record({ Key: map }) }),
);
const inputs = {
  GetItem: fc.record({
    TableName,
    Key: map,
    ConsistentRead: maybe(fc.boolean()),
    ProjectionExpression: maybe(fc.string()),
  }),
  PutItem: fc.record({ TableName, Item: map, ...condition }),
  UpdateItem: fc.record({
    TableName,
    Key: map,
    UpdateExpression: fc.string(),
    ReturnValues: fc.constant('ALL_NEW' as const),
    ...condition,
  }),
  DeleteItem: fc.record({ TableName, Key: map, ...condition }),
  Query: fc.record({
    TableName,
    IndexName: maybe(fc.string()),
    KeyConditionExpression: fc.string(),
    ExpressionAttributeValues: map,
    Limit: maybe(fc.nat()),
    ScanIndexForward: maybe(fc.boolean()),
    ExclusiveStartKey: maybe(map),
  }),
  BatchGetItem: fc.record({
    RequestItems: fc.dictionary(
      name,
      fc.record({ Keys: fc.array(map, { maxLength: 3 }), ConsistentRead: maybe(fc.boolean()) }),
      { maxKeys: 2 },
    ),
  }),
  BatchWriteItem: fc.record({ RequestItems: fc.dictionary(name, fc.array(write, { maxLength: 3 }), { maxKeys: 2 }) }),
  DescribeTable: fc.record({ TableName }),
  DescribeTimeToLive: fc.record({ TableName }),
};
// The cast: each name comes with its input.
const command = fc.oneof(
  ...Object.entries(inputs).map(([each, input]) =>
    fc.record({ name: fc.constant(each), input: input as fc.Arbitrary<object> }),
  ),
) as fc.Arbitrary<Command>;

it('sends the same requests, with valid signatures', async () => {
  let sent = 0;
  await fc.assert(
    fc.asyncProperty(command, async (each) => {
      const { own, other } = await compared(each, {});
      // Both refuse the same values.
      expect(own.request === undefined).toBe(other.request === undefined);
      if (!own.request || !other.request) return;
      sent += 1;
      expect(JSON.parse(own.request.body)).toEqual(JSON.parse(other.request.body));
      for (const header of ['host', 'content-type', 'x-amz-target', 'x-amz-security-token'])
        expect(own.request.headers[header], header).toBe(other.request.headers[header]);
      for (const request of [own.request, other.request]) expectSigned(request);
    }),
    { numRuns: 300 },
  );
  expect(sent).toBeGreaterThan(150);
});

const attribute = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    fc.record({ S: fc.string({ unit: 'grapheme' }) }),
    fc.record({ N: number.map(String) }),
    fc.record({ BOOL: fc.boolean() }),
    fc.constant({ NULL: true }),
    fc.record({ L: fc.array(tie('any'), { maxLength: 3 }) }),
    fc.record({ M: fc.dictionary(name, tie('any'), { maxKeys: 3 }) }),
  ),
})).any;
const item = fc.dictionary(name, attribute, { maxKeys: 4 });
const output = fc.oneof(
  fc.record({ Item: item }, { requiredKeys: [] }).map((body) => ['GetItem', body] as const),
  fc
    .tuple(
      fc.constantFrom('UpdateItem', 'PutItem', 'DeleteItem'),
      fc.record({ Attributes: item }, { requiredKeys: [] }),
    )
    .map(([operation, body]) => [operation, body] as const),
  fc
    .record({ Items: fc.array(item, { maxLength: 3 }), Count: fc.nat(), LastEvaluatedKey: item }, { requiredKeys: [] })
    .map((body) => ['Query', body] as const),
  fc
    .record(
      {
        Responses: fc.dictionary(name, fc.array(item, { maxLength: 2 }), { maxKeys: 2 }),
        UnprocessedKeys: fc.dictionary(name, fc.record({ Keys: fc.array(item, { maxLength: 2 }) }), {
          maxKeys: 2,
        }),
      },
      { requiredKeys: [] },
    )
    .map((body) => ['BatchGetItem', body] as const),
  fc
    .record({
      UnprocessedItems: fc.dictionary(
        name,
        fc.array(
          fc.oneof(
            fc.record({ PutRequest: fc.record({ Item: item }) }),
            fc.record({ DeleteRequest: fc.record({ Key: item }) }),
          ),
          { maxLength: 2 },
        ),
        { maxKeys: 2 },
      ),
    })
    .map((body) => ['BatchWriteItem', body] as const),
);
const ERRORS = [
  'ConditionalCheckFailedException',
  'ValidationException',
  'ResourceNotFoundException',
  'ThrottlingException',
  'Other',
];
const error = fc.record({
  type: fc.constantFrom(
    ...ERRORS.flatMap((each) => [
      each,
      `com.amazonaws.dynamodb.v20120810#${each}`,
      `${each}:http://internal.amazon.com/`,
    ]),
  ),
  status: fc.constantFrom(400, 403, 413, 429, 500, 503),
  field: fc.constantFrom('message', 'Message'),
});

it('reads the same from responses', async () => {
  const reply = fc.oneof(
    output.map(([operation, body]) => ({ operation, reply: { body: JSON.stringify(body) } })),
    error.map(({ type, status, field }) => ({
      operation: 'GetItem',
      reply: { status, body: JSON.stringify({ __type: type, [field]: MESSAGE }) },
    })),
    fc.record({
      operation: fc.constant('GetItem'),
      reply: fc.record({
        status: fc.constantFrom(200, 400, 500, 502),
        body: fc.constantFrom('', '{}', '<html>', '{"Item":', 'null'),
      }),
    }),
  );
  await fc.assert(
    fc.asyncProperty(reply, async (each) => {
      // The cast: the stub does not look at the input.
      const command = { name: each.operation, input: { TableName: 'Messages', Key: {}, RequestItems: {} } } as Command;
      const { own, other } = await compared(command, each.reply);
      expect(own.outcome).toEqual(other.outcome);
    }),
    { numRuns: 400 },
  );
});

/** Computes the signature again, from what was received. */
function expectSigned({ headers, body }: Received): void {
  const [, scope = '', names = '', signature] =
    /Credential=id\/(\S+), SignedHeaders=(\S+), Signature=(\w+)$/.exec(`${headers.authorization}`) ?? [];
  const date = `${headers['x-amz-date']}`;
  expect(scope).toBe(`${date.slice(0, 8)}/${REGION}/dynamodb/aws4_request`);
  expect(names.split(';')).toEqual(
    expect.arrayContaining(['host', 'x-amz-date', 'x-amz-security-token', 'x-amz-target']),
  );
  const canonical = names.split(';').map((each) => `${each}:${headers[each]}\n`);
  const request = `POST\n/\n\n${canonical.join('')}\n${names}\n${sha256(body)}`;
  const key = scope.split('/').reduce<string | Buffer>(hmac, `AWS4${KEYS.secretAccessKey}`);
  expect(hmac(key, `AWS4-HMAC-SHA256\n${date}\n${scope}\n${sha256(request)}`).toString('hex')).toBe(signature);
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
