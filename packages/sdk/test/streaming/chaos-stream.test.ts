import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Client, createClient, type ReplyEvent } from '../../src/index.ts';
import {
  caseServer,
  type Disconnect,
  forEachUpTo,
  sendAndDisconnect,
  sendInTwo,
  wire,
} from '../support/fault-server.ts';
import { json, type Responder } from '../support/fixture-server.ts';
import {
  EVENTS,
  eventsOf,
  frames,
  REPLY,
  replyEvents,
  replyServer,
  sendReply,
  streamEvents,
} from '../support/reply-server.ts';

vi.setConfig({ testTimeout: 60_000 });
// Makes retries immediate.
beforeEach(() => void vi.spyOn(Math, 'random').mockReturnValue(0));
afterEach(() => vi.restoreAllMocks());

const REGENERATE = `POST /messages/${REPLY}/regenerate`;

type Options = ReturnType<Awaited<ReturnType<typeof caseServer>>['of']>;
type OpenStream = (messages: Client['messages'], options: Options) => AsyncIterable<ReplyEvent>;

const headers = ['content-type: text/event-stream'];
const [LF, CRLF, CR] = ['\n', '\r\n', '\r'] as const;
const send: OpenStream = (messages, options) => messages.stream({ content: 'canary' }, options);
const regenerate: OpenStream = (messages, options) => messages.regenerateStream(REPLY, options);
const resume: OpenStream = (messages, options) => messages.resume(REPLY, options);

/** The complete response and its events. Only a send has `message-created`. */
function responseTo(openStream: OpenStream, lineBreak: string) {
  const first = openStream === send ? 0 : 1;
  const bytes = wire({ headers, body: frames(streamEvents.slice(first)).replaceAll(LF, lineBreak) });
  return { bytes, events: replyEvents.slice(first) };
}

describe('every event is emitted once', () => {
  // A send whose lines end with a line feed is in reply-reconnect.test.ts.
  test.each([
    ['a send', CRLF, send],
    ['a send', CR, send],
    ['a resumed reply', LF, resume],
    ['a resumed reply', CRLF, resume],
  ])('wherever the connection is cut: %s, %j', async (_, lineBreak, openStream) => {
    const { bytes, events } = responseTo(openStream, lineBreak);
    const server = await caseServer((number) => sendAndDisconnect(bytes.subarray(0, number), 'end'), sendReply);
    const { messages } = createClient({ baseUrl: server.url });
    await forEachUpTo(bytes.length - 1, async (number) => {
      expect(await eventsOf(openStream(messages, server.of(number))), `cut after ${number}`).toEqual(events);
    });
  });

  test('wherever the connection is cut: a regeneration, which is not started twice', async () => {
    const { bytes, events } = responseTo(regenerate, LF);
    const server = await caseServer((number) => sendAndDisconnect(bytes.subarray(0, number), 'end'), sendReply);
    const { messages } = createClient({ baseUrl: server.url });
    const body = bytes.indexOf('\r\n\r\n') + 4;
    await forEachUpTo(bytes.length - 1, async (number) => {
      const outcome = await eventsOf(regenerate(messages, server.of(number))).catch((error: unknown) => error);
      if (number < body) expect(outcome, `cut after ${number}`).toMatchObject({ name: 'ConnectionError' });
      else expect(outcome, `cut after ${number}`).toEqual(events);
      const lines = server.requestsOf(number).map(({ line }) => line);
      expect(lines, `cut after ${number}`).toEqual([REGENERATE, EVENTS].slice(0, number < body ? 1 : 2));
    });
  });

  test.each([LF, CRLF, CR])('wherever the stream is split: a send, %j', async (lineBreak) => {
    const { bytes, events } = responseTo(send, lineBreak);
    const server = await caseServer((number) => sendInTwo(bytes, number), sendReply);
    const { messages } = createClient({ baseUrl: server.url });
    await forEachUpTo(bytes.length, async (number) => {
      expect(await eventsOf(send(messages, server.of(number))), `split after ${number}`).toEqual(events);
      expect(server.requestsOf(number)).toHaveLength(1);
    });
  });
});

test('a send that is cut repeatedly has one key and emits every event once', async () => {
  const cut = fc.record({
    part: fc.double({ min: 0, max: 1, noNaN: true }),
    how: fc.constantFrom<Disconnect>('reset', 'end'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(cut, { maxLength: 6 }), async (cuts) => {
      const left = [...cuts];
      const next: Responder = (res, request) => {
        const fault = left.shift();
        if (!fault) return sendReply(res, request);
        const after = streamEvents.findIndex(([id]) => id !== undefined && id === request.headers['last-event-id']);
        const from = request.line === EVENTS ? Math.max(1, after + 1) : 0;
        const bytes = wire({ headers, body: frames(streamEvents.slice(from)) });
        return sendAndDisconnect(bytes.subarray(0, Math.floor(fault.part * bytes.length)), fault.how)(res, request);
      };
      const server = await caseServer(() => next, next);
      const { messages } = createClient({ baseUrl: server.url, maxRetries: cuts.length });
      expect(await eventsOf(messages.stream({ content: 'canary' }, server.of(0)))).toEqual(replyEvents);
      const sends = server.requestsOf(0).filter((request) => request.line === 'POST /messages');
      expect(new Set(sends.map((request) => request.headers['idempotency-key'])).size).toBe(1);
      await server.close();
    }),
    { seed: 20261122, numRuns: 100 },
  );
});

test('`message-created` counts as a new event and resets the retries', async () => {
  const { send: openStream, lines } = await replyServer(
    (res) => res.destroy(),
    sendAndDisconnect(wire({ headers, body: frames(streamEvents.slice(0, 1)) }), 'end'),
  );
  expect(await eventsOf(openStream({ maxRetries: 1 }))).toEqual(replyEvents);
  expect(lines()).toEqual(['POST /messages', 'POST /messages', EVENTS]);
});

test('an aborted stream can still be cancelled', async () => {
  const { send: openStream, lines } = await replyServer(
    (res) => void res.writeHead(200, { 'content-type': 'text/event-stream' }).write(frames(streamEvents.slice(0, 2))),
    json({ status: 'cancelled' }),
  );
  const stop = new AbortController();
  const reason = new Error('canary abort');
  const stream = openStream({ signal: stop.signal });
  const loop = async () => {
    for await (const _ of stream) stop.abort(reason);
  };
  await expect(loop()).rejects.toBe(reason);
  expect(await stream.cancel()).toEqual({ status: 'cancelled' });
  expect(lines()).toEqual(['POST /messages', `POST /messages/${REPLY}/cancel`]);
});
