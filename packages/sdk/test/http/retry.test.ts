import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { type ClientOptions, createClient, type ProblemCode } from '../../src/index.ts';
import { fixtureServer, json, problem, type Responder } from '../support/fixture-server.ts';
import { loggedIn, REFRESH, sessionServer } from '../support/session-server.ts';

const SOON = { 'retry-after': '0' };
const cut: Responder = (res) => res.destroy();
const draft = { content: 'canary' };

/** A client of a server that answers with these in turn, then with `200 {}`. */
async function clientOf(replies: Responder[], options: Partial<ClientOptions> = {}) {
  const left = [...replies];
  const server = await fixtureServer((res, request) => (left.shift() ?? json({}))(res, request));
  return { server, client: createClient({ baseUrl: server.url, ...options }) };
}

const passing: ReadonlyArray<readonly [ProblemCode, number]> = [
  ['request-timeout', 408],
  ['too-many-requests', 429],
  ['too-many-streams', 429],
  ['internal-error', 500],
  ['bot-unavailable', 503],
  ['service-unavailable', 503],
];

describe('a failure that may pass', () => {
  test.each(passing)('%s is asked again for what only reads', async (code, status) => {
    const { server, client } = await clientOf([problem(code, status, SOON), problem(code, status, SOON)]);
    await client.messages.list();
    expect(server.requests).toHaveLength(3);
  });

  test.each([...passing, ['reply-in-progress', 409] as const])(
    '%s is sent again under the same key',
    async (code, status) => {
      const { server, client } = await clientOf([problem(code, status, SOON)]);
      await client.messages.send(draft);
      const keys = server.requests.map(({ headers }) => headers['idempotency-key']);
      expect(keys).toHaveLength(2);
      expect(keys[0]).toMatch(/^[\d-]{16,43}$/);
      expect(keys[1]).toBe(keys[0]);
    },
  );

  test.each([429, 500, 502, 503, 504, 599])('%i of a proxy is asked again', async (status) => {
    const { server, client } = await clientOf([json({}, status, { 'content-type': 'text/html', ...SOON })]);
    await client.messages.list();
    expect(server.requests).toHaveLength(2);
  });

  test('a send is the same after the session was refreshed', async () => {
    const server = await sessionServer();
    const { client } = await loggedIn(server);
    server.expire();
    await client.messages.send(draft);
    const [first, , second] = server.requests.map(({ headers }) => headers['idempotency-key']);
    expect(server.lines()).toEqual(['POST /messages', REFRESH, 'POST /messages']);
    expect(first).toMatch(/^[\d-]{16,43}$/);
    expect(second).toBe(first);
  });

  test('a connection that breaks is made again, with the key that was given', async () => {
    const { server, client } = await clientOf([cut]);
    await client.messages.send(draft, { idempotencyKey: 'canary-1' });
    expect(server.requests.map(({ headers }) => headers['idempotency-key'])).toEqual(['canary-1', 'canary-1']);
  });

  test('two sends have two keys, by `request` too', async () => {
    const { server, client } = await clientOf([]);
    await client.messages.send(draft);
    await client.request('sendMessage', { body: draft });
    const keys = server.requests.map(({ headers }) => headers['idempotency-key']);
    for (const key of keys) expect(key).toMatch(/^[\d-]{16,43}$/);
    expect(new Set(keys).size).toBe(2);
  });

  test('as often as `maxRetries` says, and not once more', async () => {
    const always = Array.from({ length: 9 }, () => problem('service-unavailable', 503, SOON));
    const { server, client } = await clientOf(always, { maxRetries: 3 });
    await expect(client.messages.list()).rejects.toMatchObject({ status: 503 });
    expect(server.requests).toHaveLength(4);
    await expect(client.messages.list({}, { maxRetries: 0 })).rejects.toMatchObject({ status: 503 });
    expect(server.requests).toHaveLength(5);
  });

  test('waits as long as `Retry-After` says, or until the signal', async () => {
    // Without the header it would not wait at all.
    vi.spyOn(Math, 'random').mockReturnValue(0);
    onTestFinished(() => void vi.restoreAllMocks());
    const { server, client } = await clientOf([problem('too-many-requests', 429, { 'retry-after': '60' })]);
    const stop = new AbortController();
    const call = client.messages.list({}, { signal: stop.signal });
    await sleep(200);
    expect(server.requests).toHaveLength(1);
    const reason = new Error('enough');
    stop.abort(reason);
    await expect(call).rejects.toBe(reason);
  });
});

describe('is made once', () => {
  test.each([
    ['what changes something without a key', 'service-unavailable', 503],
    ['what changes something without a key', 'too-many-requests', 429],
  ] as const)('%s, when the answer is %s', async (_words, code, status) => {
    const { server, client } = await clientOf([problem(code, status, SOON)]);
    await expect(client.messages.edit('id', draft)).rejects.toMatchObject({ code });
    expect(server.requests).toHaveLength(1);
  });

  test.each([
    ['quota-exceeded', 429],
    ['message-changed', 409],
    ['idempotency-key-reused', 422],
    ['message-not-found', 404],
  ] as const)('a send that is answered %s', async (code, status) => {
    const { server, client } = await clientOf([problem(code, status, SOON)]);
    await expect(client.messages.send(draft)).rejects.toMatchObject({ code });
    expect(server.requests).toHaveLength(1);
  });

  test('an edit whose answer is lost', async () => {
    const { server, client } = await clientOf([cut]);
    await expect(client.messages.edit('id', draft)).rejects.toHaveProperty('name', 'ConnectionError');
    expect(server.requests).toHaveLength(1);
  });
});
