import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createClient, TimeoutError } from '../../src/index.ts';
import {
  caseServer,
  chunked,
  type Disconnect,
  forEachUpTo,
  sendAndDisconnect,
  sendInTwo,
  wire,
} from '../support/fault-server.ts';
import { fixtureServer, json } from '../support/fixture-server.ts';

const content = 'Grüße, 🤖 €!';
const responses = [
  ['with a length', wire({ body: JSON.stringify({ content }) })],
  ['in chunks', chunked(JSON.stringify({ content }))],
] as const;
const ways: readonly Disconnect[] = ['reset', 'end'];

vi.setConfig({ testTimeout: 60_000 });
// Makes retries immediate.
beforeEach(() => void vi.spyOn(Math, 'random').mockReturnValue(0));
afterEach(() => vi.restoreAllMocks());

describe.each(responses)('a response %s', (_, response) => {
  /** A client of a server that cuts the first response of case `n` after `n` bytes. */
  async function cutServer(how: Disconnect) {
    const server = await caseServer(
      (number) => sendAndDisconnect(response.subarray(0, number), how),
      json({ content }),
    );
    return { ...server, ...createClient({ baseUrl: server.url }) };
  }

  test.each(ways)('to a GET request is retried, wherever it is cut (%s)', async (how) => {
    const { messages, of, requestsOf } = await cutServer(how);
    await forEachUpTo(response.length - 1, async (number) => {
      expect(await messages.get('canary', of(number)), `cut after ${number}`).toEqual({ content });
      expect(requestsOf(number), `cut after ${number}`).toHaveLength(2);
    });
  });

  test.each(ways)('to a send is retried with the same key, wherever it is cut (%s)', async (how) => {
    const { messages, of, requestsOf } = await cutServer(how);
    await forEachUpTo(response.length - 1, async (number) => {
      expect(await messages.send({ content }, of(number)), `cut after ${number}`).toEqual({ content });
      const [first, second, ...more] = requestsOf(number);
      expect(first?.headers['idempotency-key']).toMatch(/^[\d-]{16,43}$/);
      expect(second?.headers['idempotency-key']).toBe(first?.headers['idempotency-key']);
      expect([second?.line, second?.body]).toEqual([first?.line, first?.body]);
      expect(more).toEqual([]);
    });
  });

  test.each(ways)('to a change without a key is not retried, wherever it is cut (%s)', async (how) => {
    const { messages, of, requestsOf } = await cutServer(how);
    await forEachUpTo(response.length - 1, async (number) => {
      const edit = messages.edit('canary', { content }, of(number));
      await expect(edit, `cut after ${number}`).rejects.toHaveProperty('name', 'ConnectionError');
      expect(requestsOf(number), `cut after ${number}`).toHaveLength(1);
    });
  });

  test('that stalls at any byte causes a TimeoutError', async () => {
    const { messages, of, requestsOf } = await cutServer('silence');
    await forEachUpTo(response.length - 1, async (number) => {
      const edit = messages.edit('canary', { content }, { ...of(number), timeoutMs: 100 });
      await expect(edit, `stopped after ${number}`).rejects.toBeInstanceOf(TimeoutError);
      expect(requestsOf(number).length).toBeLessThanOrEqual(1);
    });
  });

  test('that stalls at any byte can be aborted, with the reason of the signal', async () => {
    const { messages, of, requestsOf } = await cutServer('silence');
    await forEachUpTo(response.length - 1, async (number) => {
      const stop = new AbortController();
      const reason = { number };
      const call = messages.get('canary', { ...of(number), signal: stop.signal });
      call.catch(() => undefined);
      await vi.waitFor(() => expect(requestsOf(number)).toHaveLength(1));
      stop.abort(reason);
      await expect(call).rejects.toBe(reason);
      expect(requestsOf(number)).toHaveLength(1);
    });
  });

  test('that is complete is requested once, wherever it is split', async () => {
    const server = await caseServer((number) => sendInTwo(response, number), json({}));
    const { messages } = createClient({ baseUrl: server.url });
    await forEachUpTo(response.length, async (number) => {
      const call = messages.get('canary', server.of(number));
      expect(await call, `split after ${number}`).toEqual({ content });
      expect(server.requestsOf(number)).toHaveLength(1);
    });
  });
});

test('a problem is parsed, wherever it is split', async () => {
  const body = JSON.stringify({ code: 'message-not-found', detail: content, errors: [] });
  const bytes = wire({ status: 404, headers: ['content-type: application/problem+json'], body });
  const server = await caseServer((number) => sendInTwo(bytes, number), json({}));
  const { messages } = createClient({ baseUrl: server.url });
  await forEachUpTo(bytes.length, async (number) => {
    const error = { status: 404, code: 'message-not-found', message: content };
    await expect(messages.get('canary', server.of(number)), `split after ${number}`).rejects.toMatchObject(error);
  });
});

test('a response that arrives byte by byte is accepted', async () => {
  const server = await fixtureServer(async (res) => {
    res.writeHead(200, { 'content-type': 'application/json' });
    for (const byte of Buffer.from(JSON.stringify({ content })))
      await new Promise((resolve) => res.write(Uint8Array.of(byte), resolve));
    res.end();
  });
  expect(await createClient({ baseUrl: server.url }).messages.get('canary')).toEqual({ content });
  expect(server.requests).toHaveLength(1);
});

test('a truncated response without a length is not a success', async () => {
  const [head, half] = ['HTTP/1.1 200 canary\r\ncontent-type: application/json\r\n\r\n', '{"content":"Gr'];
  const server = await fixtureServer(sendAndDisconnect(Buffer.from(head + half), 'end'));
  const call = createClient({ baseUrl: server.url }).messages.get('canary');
  await expect(call).rejects.toMatchObject({ name: 'ApiError', status: 200, code: undefined });
});
