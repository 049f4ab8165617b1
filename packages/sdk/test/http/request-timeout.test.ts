import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { ConnectionError, createClient, TimeoutError } from '../../src/index.ts';
import { fixtureServer, json, type Responder } from '../support/fixture-server.ts';
import {
  beginStream,
  eventsOf,
  firstEvents,
  frame,
  frames,
  replyEvents,
  replyServer,
  streamEvents,
} from '../support/reply-server.ts';

const silent: Responder = () => undefined;
const stalled: Responder = (res) => res.writeHead(200, { 'content-type': 'application/json' }).write('{"status":');

describe('a response that takes longer than `timeoutMs`', () => {
  test.each([
    ['to begin', silent],
    ['to end', stalled],
  ])('%s causes a TimeoutError', async (_, reply) => {
    const server = await fixtureServer(reply);
    const error = await createClient({ baseUrl: server.url, timeoutMs: 50, maxRetries: 0 })
      .health.get()
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({
      name: 'TimeoutError',
      message: `No data from GET ${server.url}/health within 50 ms`,
    });
  });

  test('has its connection closed', async () => {
    const closed = vi.fn();
    const server = await fixtureServer((res) => void res.on('close', closed));
    await createClient({ baseUrl: server.url })
      .health.get({ timeoutMs: 20, maxRetries: 0 })
      .catch(() => undefined);
    await vi.waitFor(() => expect(closed).toHaveBeenCalledOnce());
  });

  test('is retried, and each attempt has its own timeout', async () => {
    const replies = [silent, stalled, json({ status: 'OK' })];
    const server = await fixtureServer((res, request) => replies.shift()?.(res, request));
    expect(await createClient({ baseUrl: server.url, timeoutMs: 300 }).health.get()).toEqual({ status: 'OK' });
    expect(server.requests).toHaveLength(3);
  });

  test('of the call times out even if that of the client is longer', async () => {
    const server = await fixtureServer(silent);
    const client = createClient({ baseUrl: server.url, timeoutMs: 60_000, maxRetries: 0 });
    await expect(client.users.me({ timeoutMs: 20 })).rejects.toThrow('within 20 ms');
  });

  test('does not time out if `timeoutMs` is Infinity', async () => {
    const server = await fixtureServer((res, request) => setTimeout(() => json({})(res, request), 30));
    await createClient({ baseUrl: server.url, timeoutMs: Number.POSITIVE_INFINITY }).health.get();
  });

  test('leaves no timer running, however the call ends', async () => {
    const clear = vi.spyOn(globalThis, 'clearTimeout');
    const set = vi.spyOn(globalThis, 'setTimeout');
    const server = await fixtureServer(json({}));
    const client = createClient({ baseUrl: server.url, timeoutMs: 77_777 });
    await client.health.get();
    await client.health.get({ signal: AbortSignal.abort() }).catch(() => undefined);
    const timers = set.mock.results.filter((_, index) => set.mock.calls[index]?.[1] === 77_777);
    for (const { value } of timers) expect(clear).toHaveBeenCalledWith(value);
    expect(timers).not.toHaveLength(0);
    vi.restoreAllMocks();
  });
});

describe('a stream', () => {
  test('that stalls reconnects after its last event', async () => {
    const { messages, header } = await replyServer((res) => beginStream(res).write(frames(firstEvents)));
    const stream = messages.stream({ content: 'canary' }, { timeoutMs: 300 });
    expect(await eventsOf(stream)).toEqual(replyEvents);
    expect(header('last-event-id')).toEqual([undefined, '1-7']);
  });

  test('may last longer than `timeoutMs` while data arrives', async () => {
    const { messages, requests } = await replyServer(async (res) => {
      beginStream(res);
      for (const event of streamEvents) {
        await sleep(100);
        res.write(frame(event));
      }
      res.end();
    });
    expect(await eventsOf(messages.stream({ content: 'canary' }, { timeoutMs: 450 }))).toEqual(replyEvents);
    expect(requests).toHaveLength(1);
  });

  test('does not time out while the reader is slow', async () => {
    const { messages, requests } = await replyServer();
    for await (const _ of messages.stream({ content: 'canary' }, { timeoutMs: 250 })) await sleep(60);
    expect(requests).toHaveLength(1);
  });
});

describe('the signal of the client', () => {
  test.each(['the call', 'the client', 'both'])('aborts a call: %s', async (whose) => {
    const server = await fixtureServer(silent);
    const [one, other] = [new AbortController(), new AbortController()];
    const client = createClient({ baseUrl: server.url, ...(whose !== 'the call' && { signal: one.signal }) });
    const call = client.health.get(whose === 'the client' ? {} : { signal: other.signal });
    await vi.waitFor(() => expect(server.requests).toHaveLength(1));
    const reason = new Error('canary abort');
    (whose === 'the client' ? one : other).abort(reason);
    await expect(call).rejects.toBe(reason);
  });

  test('aborts a stream between two connections', async () => {
    const { url } = await replyServer((res) =>
      beginStream(res).end(frame(streamEvents[0] ?? [undefined, { type: 'reply-delta', delta: '' }], 60_000)),
    );
    const stop = new AbortController();
    const { messages } = createClient({ baseUrl: url, signal: stop.signal });
    const text = messages.stream({ content: 'canary' }).text();
    const reason = new Error('canary abort');
    setTimeout(() => stop.abort(reason), 100);
    await expect(text).rejects.toBe(reason);
  });
});
