import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createClient } from '../../src/index.ts';
import { fixtureServer, json, type Responder } from '../support/fixture-server.ts';

const draft = { content: 'canary' };
const cut: Responder = (res) => res.destroy();
/** Of an endless row of attempts, the last but a few. */
const enough = 20;

// Nothing waits.
beforeEach(() => void vi.spyOn(Math, 'random').mockReturnValue(0));
afterEach(() => vi.restoreAllMocks());

/** A server that breaks off every call, and the signal that ends what would never end. */
async function brokenServer() {
  const stop = new AbortController();
  const server = await fixtureServer((res) => {
    if (server.requests.length === enough) stop.abort(new Error('canary endless'));
    res.destroy();
  });
  return { ...server, signal: stop.signal };
}

// A compiler without `exactOptionalPropertyTypes` lets it through: `{ idempotencyKey: maybe }`.
describe('an option that is undefined', () => {
  test.each([undefined, ''])('is no key: with %j, a send has one of its own', async (idempotencyKey) => {
    const left = [cut];
    const server = await fixtureServer((res, request) => (left.shift() ?? json({}))(res, request));
    await createClient({ baseUrl: server.url }).messages.send(draft, { idempotencyKey } as object);
    const [first, second] = server.requests.map(({ headers }) => headers['idempotency-key']);
    expect(first).toMatch(/^[\d-]{16,43}$/);
    expect(second).toBe(first);
  });

  test('is no limit: a stream connects again as often as ever', async () => {
    const { url, requests, signal } = await brokenServer();
    const stream = createClient({ baseUrl: url }).messages.stream(draft, { maxRetries: undefined, signal } as object);
    await expect(stream.text()).rejects.toHaveProperty('name', 'ConnectionError');
    expect(requests).toHaveLength(6);
  });
});

test('a limit that is no number is none', async () => {
  const { url, requests, signal } = await brokenServer();
  const { messages } = createClient({ baseUrl: url, maxRetries: Number('two'), signal });
  await expect(messages.list()).rejects.toHaveProperty('name', 'ConnectionError');
  await expect(messages.stream(draft).text()).rejects.toHaveProperty('name', 'ConnectionError');
  expect(requests).toHaveLength(2);
});
