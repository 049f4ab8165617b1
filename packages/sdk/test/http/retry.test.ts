import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { type ClientOptions, createClient, type ProblemCode } from '../../src/index.ts';
import { fixtureServer, json, problem, type Responder } from '../support/fixture-server.ts';
import { loggedIn, REFRESH, sessionServer } from '../support/session-server.ts';

const RETRY_NOW = { 'retry-after': '0' };
const cut: Responder = (res) => res.destroy();
const draft = { content: 'canary' };

/** A client of a server that sends these responses in turn, then `200 {}`. */
async function clientOf(replies: Responder[], options: Partial<ClientOptions> = {}) {
  const left = [...replies];
  const server = await fixtureServer((res, request) => (left.shift() ?? json({}))(res, request));
  return { server, client: createClient({ baseUrl: server.url, ...options }) };
}

const temporary: ReadonlyArray<readonly [ProblemCode, number]> = [
  ['request-timeout', 408],
  ['too-many-replies', 429],
  ['too-many-requests', 429],
  ['too-many-streams', 429],
  ['internal-error', 500],
  ['bot-unavailable', 503],
  ['service-unavailable', 503],
];

describe('a temporary failure', () => {
  test.each(temporary)('%s is retried for a GET request', async (code, status) => {
    const { server, client } = await clientOf([problem(code, status, RETRY_NOW), problem(code, status, RETRY_NOW)]);
    await client.messages.list();
    expect(server.requests).toHaveLength(3);
  });

  test.each([...temporary, ['reply-in-progress', 409] as const])(
    '%s is retried for a send with the same key',
    async (code, status) => {
      const { server, client } = await clientOf([problem(code, status, RETRY_NOW)]);
      await client.messages.send(draft);
      const keys = server.requests.map(({ headers }) => headers['idempotency-key']);
      expect(keys).toHaveLength(2);
      expect(keys[0]).toMatch(/^[\d-]{16,43}$/);
      expect(keys[1]).toBe(keys[0]);
    },
  );

  describe.each(['too-many-replies', 'too-many-streams'] as const)('%s', (code) => {
    const refuse = (times: number) => Array.from({ length: times }, () => problem(code, 429, RETRY_NOW));

    test('is waited for, however often it is returned', async () => {
      const { server, client } = await clientOf(refuse(5));
      await client.messages.send(draft);
      expect(server.requests).toHaveLength(6);
    });

    test('is waited for by a stream', async () => {
      const { server, client } = await clientOf(refuse(5));
      // The response after that is no stream.
      await expect(client.messages.stream(draft).text()).rejects.toThrow();
      expect(server.requests.length).toBeGreaterThan(5);
    });

    test('fails at once without retries, and otherwise after the timeout', async () => {
      const { server, client } = await clientOf(refuse(1000));
      await expect(client.messages.send(draft, { maxRetries: 0 })).rejects.toMatchObject({ code });
      expect(server.requests).toHaveLength(1);
      await expect(client.messages.send(draft, { timeoutMs: 100 })).rejects.toMatchObject({ code });
    });
  });

  test.each([429, 500, 502, 503, 504, 599])('%i of a proxy is retried', async (status) => {
    const { server, client } = await clientOf([json({}, status, { 'content-type': 'text/html', ...RETRY_NOW })]);
    await client.messages.list();
    expect(server.requests).toHaveLength(2);
  });

  test('a send has the same key after a session refresh', async () => {
    const server = await sessionServer();
    const { client } = await loggedIn(server);
    server.expire();
    await client.messages.send(draft);
    const [first, , second] = server.requests.map(({ headers }) => headers['idempotency-key']);
    expect(server.lines()).toEqual(['POST /messages', REFRESH, 'POST /messages']);
    expect(first).toMatch(/^[\d-]{16,43}$/);
    expect(second).toBe(first);
  });

  test('a lost connection is retried with the given key', async () => {
    const { server, client } = await clientOf([cut]);
    await client.messages.send(draft, { idempotencyKey: 'canary-1' });
    expect(server.requests.map(({ headers }) => headers['idempotency-key'])).toEqual(['canary-1', 'canary-1']);
  });

  test('two sends have different keys, even through `request`', async () => {
    const { server, client } = await clientOf([]);
    await client.messages.send(draft);
    await client.request('sendMessage', { body: draft });
    const keys = server.requests.map(({ headers }) => headers['idempotency-key']);
    for (const key of keys) expect(key).toMatch(/^[\d-]{16,43}$/);
    expect(new Set(keys).size).toBe(2);
  });

  test('is retried `maxRetries` times', async () => {
    const always = Array.from({ length: 9 }, () => problem('service-unavailable', 503, RETRY_NOW));
    const { server, client } = await clientOf(always, { maxRetries: 3 });
    await expect(client.messages.list()).rejects.toMatchObject({ status: 503 });
    expect(server.requests).toHaveLength(4);
    await expect(client.messages.list({}, { maxRetries: 0 })).rejects.toMatchObject({ status: 503 });
    expect(server.requests).toHaveLength(5);
  });

  test('is retried after `Retry-After`, unless the signal aborts', async () => {
    // Without the header, the retry would be immediate.
    vi.spyOn(Math, 'random').mockReturnValue(0);
    onTestFinished(() => void vi.restoreAllMocks());
    const { server, client } = await clientOf([problem('too-many-requests', 429, { 'retry-after': '60' })]);
    const stop = new AbortController();
    const call = client.messages.list({}, { signal: stop.signal });
    await sleep(200);
    expect(server.requests).toHaveLength(1);
    const reason = new Error('canary abort');
    stop.abort(reason);
    await expect(call).rejects.toBe(reason);
  });
});

describe('there is no retry', () => {
  test.each([
    ['service-unavailable', 503],
    ['too-many-requests', 429],
  ] as const)('of a change without a key after %s', async (code, status) => {
    const { server, client } = await clientOf([problem(code, status, RETRY_NOW)]);
    await expect(client.messages.edit('id', draft)).rejects.toMatchObject({ code });
    expect(server.requests).toHaveLength(1);
  });

  test.each([
    ['quota-exceeded', 429],
    ['message-changed', 409],
    ['idempotency-key-reused', 422],
    ['message-not-found', 404],
  ] as const)('of a send after %s', async (code, status) => {
    const { server, client } = await clientOf([problem(code, status, RETRY_NOW)]);
    await expect(client.messages.send(draft)).rejects.toMatchObject({ code });
    expect(server.requests).toHaveLength(1);
  });

  test('of an edit whose response is lost', async () => {
    const { server, client } = await clientOf([cut]);
    await expect(client.messages.edit('id', draft)).rejects.toHaveProperty('name', 'ConnectionError');
    expect(server.requests).toHaveLength(1);
  });
});
