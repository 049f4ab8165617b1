import { describe, expect, test } from 'vitest';
import { createClient } from '../../src/index.ts';
import type { Responder } from '../support/fixture-server.ts';
import {
  cutOff,
  EVENTS,
  eventsOf,
  firstEvents,
  frame,
  frames,
  ID,
  PAUSE,
  REPLY,
  replyEvents,
  replyServer,
  stream,
  streamEvents,
  TEXT,
} from '../support/reply-server.ts';
import { loggedIn, REFRESH, sessionServer } from '../support/session-server.ts';

const SEND = 'POST /messages';
const cut: Responder = (res) => res.destroy();

describe('a reply resumed after its last event', () => {
  const noContent: Responder = (res) => res.writeHead(204).end();

  test('is streamed from its start', async () => {
    const { messages, header } = await replyServer(noContent);
    const resumed = messages.resume(REPLY, { lastEventId: '1-end' });
    expect(await eventsOf(resumed)).toEqual(replyEvents.slice(1));
    expect(await resumed.text()).toBe(TEXT);
    expect(header('last-event-id')).toEqual(['1-end', undefined]);
  });

  test('is a ConnectionError if the server never streams it', async () => {
    const { messages, requests } = await replyServer(noContent, noContent, noContent);
    const resumed = messages.resume(REPLY, { lastEventId: '1-end', maxRetries: 1 });
    await expect(resumed.text()).rejects.toMatchObject({ name: 'ConnectionError' });
    expect(requests).toHaveLength(3);
  });

  test('has no events with `request`', async () => {
    const { url } = await replyServer(noContent);
    const call = createClient({ baseUrl: url }).request('resumeReply', { path: { id_message: REPLY } });
    for await (const frame of await call) expect.unreachable(JSON.stringify(frame));
  });
});

describe('a lost connection', () => {
  test('after any byte is retried, and every event is emitted once', { timeout: 120_000 }, async () => {
    const bytes = Buffer.from(frames(streamEvents));
    const created = Buffer.byteLength(frames(streamEvents.slice(0, 1)));
    for (let start = 0; start < bytes.length; start += 100) {
      const cuts = Array.from(bytes.subarray(start, start + 100), (_, index) => start + index);
      await Promise.all(
        cuts.map(async (cut) => {
          const { send, lines, header } = await replyServer(cutOff(bytes.subarray(0, cut)));
          expect(await eventsOf(send()), `cut after ${cut}`).toEqual(replyEvents);
          expect(lines()).toEqual([SEND, cut < created ? SEND : EVENTS]);
          const [first, second] = header('idempotency-key');
          expect(second).toBe(cut < created ? first : undefined);
        }),
      );
    }
  });

  test('before the first byte repeats the send with its key', async () => {
    const { send, lines, header } = await replyServer((res) => res.destroy());
    expect(await send().text()).toBe(TEXT);
    expect(lines()).toEqual([SEND, SEND]);
    const [first, second] = header('idempotency-key');
    expect(first).toMatch(/^[\d-]{16,43}$/);
    expect(second).toBe(first);
  });

  test('that ends cleanly mid-reply is retried from the last event', async () => {
    const { send, lines, header } = await replyServer(stream(frames(firstEvents)));
    expect(await eventsOf(send())).toEqual(replyEvents);
    expect(lines()).toEqual([SEND, EVENTS]);
    expect(header('last-event-id')).toEqual([undefined, '1-7']);
  });

  test('of a resumed reply is retried from the last event', async () => {
    const { messages, header } = await replyServer(cutOff(frames(streamEvents.slice(2, 3))));
    expect(await eventsOf(messages.resume(REPLY, { lastEventId: '1-0' }))).toEqual(replyEvents.slice(2));
    expect(header('last-event-id')).toEqual(['1-0', '1-7']);
  });

  test('is retried while there are new events, and five times without any', async () => {
    const oneByOne = streamEvents.slice(1, -1).map((event) => cutOff(frame(event, 1)));
    const nothingNew = Array.from({ length: 9 }, () => oneByOne.at(-1) ?? cut);
    const { send, requests } = await replyServer(...oneByOne, ...nothingNew);
    const error = await eventsOf(send()).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'ConnectionError', cause: { name: 'TypeError' } });
    expect(requests).toHaveLength(oneByOne.length + 5);
  });

  test.each([
    ['breaks off', cut],
    ['ends', stream('')],
  ])('that %s is retried `maxRetries` times, of the call or else of the client', async (_, nothing) => {
    const { url, send, requests } = await replyServer(...Array.from({ length: 9 }, () => nothing));
    await expect(send({ maxRetries: 1 }).text()).rejects.toHaveProperty('name', 'ConnectionError');
    expect(requests).toHaveLength(2);
    const { messages } = createClient({ baseUrl: url, maxRetries: 0 });
    await expect(messages.resume(REPLY).text()).rejects.toHaveProperty('name', 'ConnectionError');
    expect(requests).toHaveLength(3);
  });

  test('with a 401 on reconnecting refreshes the session, and the reply continues', async () => {
    const server = await sessionServer((res, request) => {
      if (request.line.startsWith('GET')) return stream(frames(streamEvents.slice(3)))(res, request);
      server.expire();
      return cutOff(frames(firstEvents))(res, request);
    });
    const { client } = await loggedIn(server);
    expect(await eventsOf(client.messages.stream({ content: 'canary' }, { maxRetries: 1 }))).toEqual(replyEvents);
    expect(server.lines()).toEqual([SEND, EVENTS, REFRESH, EVENTS]);
  });
});

describe('a regeneration', () => {
  test('without a response is not retried', async () => {
    const { messages, requests } = await replyServer(cut);
    await expect(messages.regenerateStream(REPLY).text()).rejects.toHaveProperty('name', 'ConnectionError');
    expect(requests).toHaveLength(1);
  });

  test.each([
    ['breaks off', cutOff(':\n\n')],
    ['ends', stream(':\n\n')],
  ])('that %s before the first event is resumed, not repeated', async (_, reply) => {
    const { messages, lines } = await replyServer(reply);
    expect(await messages.regenerateStream(ID, { id_conversation: ID }).text()).toBe(TEXT);
    const [of, query] = [`/messages/${ID}`, `?id_conversation=${ID}`];
    expect(lines()).toEqual([`POST ${of}/regenerate${query}`, `GET ${of}/events${query}`]);
  });
});

describe('a pause', () => {
  test('is not emitted, and the reply is resumed from its last event', async () => {
    const { send, lines, header } = await replyServer(stream(frames(firstEvents) + PAUSE), stream(PAUSE));
    expect(await eventsOf(send())).toEqual(replyEvents);
    expect(lines()).toEqual([SEND, EVENTS, EVENTS]);
    expect(header('last-event-id')).toEqual([undefined, '1-7', '1-7']);
  });

  test('does not count as a failure', async () => {
    const { send, requests } = await replyServer(stream(frames(firstEvents) + PAUSE), cut);
    expect(await send({ maxRetries: 1 }).text()).toBe(TEXT);
    expect(requests).toHaveLength(3);
  });

  test('does not count as a failure, however often it occurs', async () => {
    const { send, requests } = await replyServer(...Array.from({ length: 9 }, () => stream(PAUSE)), cut);
    expect(await send().text()).toBe(TEXT);
    expect(requests).toHaveLength(11);
  });
});
