/** Behavior of our client that the AWS SDK does not have. */
import type { ServerResponse } from 'node:http';
import { crc32 } from 'node:zlib';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { getItem, putItem } from '../../../src/dynamo/commands.ts';
import type { DynamoConfig } from '../../../src/dynamo/dynamo-config.ts';
import { fastSender } from '../../../src/dynamo/fast/sender.ts';
import { credentialServer } from '../../support/dynamo/credential-server.ts';
import { failure, stubDynamo } from '../../support/dynamo/stub-dynamo.ts';

const KEYS = { accessKeyId: 'id', secretAccessKey: 'secret' };
const COMMAND = getItem({ TableName: 'Messages', Key: { pk: 'canary' } });
const BODY = JSON.stringify({ Item: { pk: { S: 'canary' } } });
const HOUR_MS = 3_600_000;

afterEach(() => void vi.unstubAllEnvs());

async function opened(script: Parameters<typeof stubDynamo>, options: Partial<DynamoConfig> = {}) {
  const stub = await stubDynamo(...script);
  onTestFinished(stub.close);
  const config = { region: 'local', endpoint: stub.endpoint, credentials: KEYS, ...options };
  const send = fastSender(config, { sockets: 64, attempts: 3, attemptMs: 1000 });
  const abortSignal = AbortSignal.timeout(10_000);
  return { ...stub, send, abortSignal, get: () => send(COMMAND, { abortSignal }) };
}

const withChecksum = (sum: number) => ({ headers: { 'x-amz-crc32': `${sum}` }, body: BODY });

describe('the checksum of a response', () => {
  it('is checked, and a damaged response is requested again', async () => {
    const { get, requests } = await opened([withChecksum(1), withChecksum(crc32(BODY))]);
    expect(await get()).toEqual({ Item: { pk: 'canary' } });
    expect(requests).toHaveLength(2);
  });

  it('fails the call if it is wrong three times', async () => {
    const { get, requests } = await opened([withChecksum(1)]);
    await expect(get()).rejects.toHaveProperty('name', 'ChecksumError');
    expect(requests).toHaveLength(3);
  });
});

describe('refused credentials', () => {
  it.each(['ExpiredTokenException', 'UnrecognizedClientException'])('are replaced after %s', async (name) => {
    await credentialServer([HOUR_MS, HOUR_MS]);
    const { get, requests } = await opened([failure(name), { body: BODY }], { credentials: undefined });
    expect(await get()).toEqual({ Item: { pk: 'canary' } });
    expect(requests.map(({ headers }) => /key-\d/.exec(`${headers.authorization}`)?.[0])).toEqual(['key-1', 'key-2']);
  });

  it('fail the call at its deadline if others do not arrive', async () => {
    const vault = await credentialServer([HOUR_MS]);
    const { get, send, reply } = await opened([{ body: BODY }], { credentials: undefined });
    await get();
    vault.reply(undefined);
    reply(failure('ExpiredTokenException'));
    const call = send(COMMAND, { abortSignal: AbortSignal.timeout(200) });
    await expect(call).rejects.toHaveProperty('name', 'AbortError');
    expect(vault.requests).toHaveLength(1);
  });

  it('fail the call if there are no others', async () => {
    const { get, requests } = await opened([failure('ExpiredTokenException')]);
    await expect(get()).rejects.toHaveProperty('name', 'ExpiredTokenException');
    expect(requests).toHaveLength(1);
  });
});

it('credentials that do not arrive are requested again after 5 s', async () => {
  const vault = await credentialServer([HOUR_MS]);
  const [arriving] = vault.replies;
  vault.reply(undefined);
  const { send, get } = await opened([{ body: BODY }], { credentials: undefined });
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const controller = new AbortController();
  const stuck = expect(send(COMMAND, { abortSignal: controller.signal })).rejects.toHaveProperty('name', 'AbortError');
  // Unlike `vi.waitFor`, it does not advance the timers, which would repeat the request if it arrives late.
  await expect.poll(() => vault.requests.length).toBe(1);
  vi.advanceTimersByTime(5000);
  vi.useRealTimers();
  controller.abort();
  await stuck;
  vault.reply(arriving);
  expect(await get()).toEqual({ Item: { pk: 'canary' } });
});

it('a corrected clock applies to later calls, and to those in progress', async () => {
  const skewed = {
    ...failure('InvalidSignatureException'),
    headers: { date: new Date(Date.now() + HOUR_MS).toUTCString() },
  };
  const { get, requests } = await opened([skewed, skewed, { body: BODY }]);
  await Promise.all([get(), get()]);
  await get();
  expect(requests).toHaveLength(5);
});

it('many failed retries use up the quota, so that later calls are not retried', async () => {
  const { get, requests, reply } = await opened([failure('InternalServerError', 500)]);
  await Promise.allSettled(Array.from({ length: 40 }, get));
  expect(requests.length).toBeLessThan(80);
  requests.length = 0;
  await expect(get()).rejects.toHaveProperty('name', 'InternalServerError');
  expect(requests).toHaveLength(1);
  reply({ body: BODY });
  expect(await get()).toEqual({ Item: { pk: 'canary' } });
});

it.each([
  ['a number that is not exact', 2 ** 53],
  ['infinity', Number.POSITIVE_INFINITY],
  ['undefined in an object', { a: undefined }],
  ['a set', new Set(['a'])],
  ['bytes', new Uint8Array(1)],
  ['a function', () => 1],
  ['a date', new Date()],
])('%s is refused before anything is sent', async (_title, value) => {
  const { send, abortSignal, requests } = await opened([{ body: BODY }]);
  await expect(send(putItem({ TableName: 'Messages', Item: { value } }), { abortSignal })).rejects.toThrow(/canno?t/i);
  expect(requests).toHaveLength(0);
});

it.each([
  ['a number that is not exact', { N: '9007199254740993' }],
  ['a set', { SS: ['a'] }],
  ['bytes', { B: 'YQ==' }],
])('%s in a response is refused', async (_title, value) => {
  const { get } = await opened([{ body: JSON.stringify({ Item: { value } }) }]);
  await expect(get()).rejects.toThrow(/Cannot read/);
});

it('an attribute with the name of a property of all objects is data like others', async () => {
  const value = JSON.parse('{"__proto__":{"admin":true},"constructor":"canary"}');
  const attribute = '{"M":{"__proto__":{"M":{"admin":{"BOOL":true}}},"constructor":{"S":"canary"}}}';
  const { send, abortSignal, requests, get } = await opened([{ body: `{"Item":{"value":${attribute}}}` }]);
  await send(putItem({ TableName: 'Messages', Item: { value } }), { abortSignal });
  expect(requests[0]?.body).toContain(attribute);
  const { Item } = await get();
  expect(Item?.value).toStrictEqual(value);
  expect(Item?.value.admin).toBeUndefined();
});

it('many large responses at once leave iterations of the event loop to other work', async () => {
  const waiting: ServerResponse[] = [];
  const { get } = await opened([(res) => waiting.push(res)]);
  const resolvedIn = new Map<number, number>();
  let iteration = 0;
  let areAllResolved = false;
  const calls = Promise.all(
    Array.from({ length: 40 }, async () => {
      await get();
      resolvedIn.set(iteration, (resolvedIn.get(iteration) ?? 0) + 1);
    }),
  );
  await vi.waitFor(() => expect(waiting).toHaveLength(40));
  for (const res of waiting) res.end(JSON.stringify({ Item: { pk: { S: 'canary'.repeat(1000) } } }));
  const nextIteration = () => {
    iteration += 1;
    if (!areAllResolved) setImmediate(nextIteration);
  };
  nextIteration();
  await calls;
  areAllResolved = true;
  expect(Math.max(...resolvedIn.values())).toBeLessThanOrEqual(4);
});

it('a call that is aborted while its response waits for others fails', async () => {
  const waiting: ServerResponse[] = [];
  const { send } = await opened([(res) => waiting.push(res)]);
  const controller = new AbortController();
  const get = () => send(COMMAND, { abortSignal: controller.signal });
  const calls = Array.from({ length: 40 }, get);
  await vi.waitFor(() => expect(waiting).toHaveLength(40));
  for (const res of waiting) res.end(JSON.stringify({ Item: { pk: { S: 'canary'.repeat(1000) } } }));
  await Promise.any(calls);
  controller.abort();
  const results = await Promise.allSettled(calls);
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(4);
});

it('a response without an end is refused', async () => {
  const { get, requests } = await opened([
    (res) => {
      const write = () => {
        while (!res.destroyed && res.write(Buffer.alloc(1_000_000)));
      };
      res.on('drain', write);
      write();
    },
  ]);
  await expect(get()).rejects.toHaveProperty('code', 'UND_ERR_RES_EXCEEDED_MAX_SIZE');
  expect(requests).toHaveLength(1);
});
