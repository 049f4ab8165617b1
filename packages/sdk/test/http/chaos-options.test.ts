import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createClient } from '../../src/index.ts';
import { fixtureServer, json, type Responder } from '../support/fixture-server.ts';

const draft = { content: 'canary' };
const cut: Responder = (res) => res.destroy();
/** More attempts than any of these calls makes. Aborts a test that retries forever. */
const MAX_ATTEMPTS = 20;

// Makes retries immediate.
beforeEach(() => void vi.spyOn(Math, 'random').mockReturnValue(0));
afterEach(() => vi.restoreAllMocks());

/** A server that cuts every connection, and a signal that aborts endless retries. */
async function brokenServer() {
  const stop = new AbortController();
  const server = await fixtureServer((res) => {
    if (server.requests.length === MAX_ATTEMPTS) stop.abort(new Error('canary endless'));
    res.destroy();
  });
  return { ...server, signal: stop.signal };
}

// Without `exactOptionalPropertyTypes`, `{ idempotencyKey: maybeUndefined }` compiles.
describe('an undefined option', () => {
  test.each([undefined, ''])('is not a key: with %j, a send gets a random one', async (idempotencyKey) => {
    const left = [cut];
    const server = await fixtureServer((res, request) => (left.shift() ?? json({}))(res, request));
    await createClient({ baseUrl: server.url }).messages.send(draft, { idempotencyKey } as object);
    const [first, second] = server.requests.map(({ headers }) => headers['idempotency-key']);
    expect(first).toMatch(/^[\d-]{16,43}$/);
    expect(second).toBe(first);
  });

  test('is not a limit: a stream reconnects as often as by default', async () => {
    const { url, requests, signal } = await brokenServer();
    const stream = createClient({ baseUrl: url }).messages.stream(draft, { maxRetries: undefined, signal } as object);
    await expect(stream.text()).rejects.toHaveProperty('name', 'ConnectionError');
    expect(requests).toHaveLength(6);
  });
});

test('a limit that is not a number means no retries', async () => {
  const { url, requests, signal } = await brokenServer();
  const { messages } = createClient({ baseUrl: url, maxRetries: Number('two'), signal });
  await expect(messages.list()).rejects.toHaveProperty('name', 'ConnectionError');
  await expect(messages.stream(draft).text()).rejects.toHaveProperty('name', 'ConnectionError');
  expect(requests).toHaveLength(2);
});
