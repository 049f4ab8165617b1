import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { formatEvent } from '@async-chatbot/shared/event-stream';
import { describe, expect, test } from 'vitest';
import { createClient, type Message, type ReplyEvent, type ReplyStream } from '../src/index.ts';
import { fixtureServer, json, problem, type Reply, type SeenRequest } from './fixture-server.ts';

const [ID, REPLY] = ['01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b', '01935a7d-0c02-7a11-8d4b-27a0b2f4c9d1'];
const WORDS = ['Grüße, ', 'Ada! ', '🤖'];
const TEXT = WORDS.join('');
const common = { id_user: 'ada', timestamp: '2026-11-22T07:33:21.025Z', version: 1 };
const user_message: Message = { ...common, id_message: ID, content: 'canary', is_bot: false, id_reply: REPLY };
const reply = (content: string, status: NonNullable<Message['status']>): Message => ({
  ...common,
  id_message: REPLY,
  content,
  is_bot: true,
  status,
  reply_to: ID,
});

/** Each event with its id: the run, and how much of the text was told. */
const told: [string | undefined, ReplyEvent][] = [
  [undefined, { type: 'message-created', user_message }],
  ['1-0', { type: 'reply-started', bot_response: reply('', 'pending') }],
  ...WORDS.map((delta, index): [string, ReplyEvent] => [
    `1-${WORDS.slice(0, index + 1).join('').length}`,
    { type: 'reply-delta', delta },
  ]),
  [`1-${TEXT.length}`, { type: 'reply-completed', bot_response: reply(TEXT, 'completed') }],
];
const frame = (id: string | undefined, event: ReplyEvent, retry?: number) =>
  formatEvent({
    ...(id && { id }),
    event: event.type,
    data: JSON.stringify(event),
    ...(retry !== undefined && { retry }),
  });
const frames = (events: typeof told) => events.map(([id, event]) => frame(id, event)).join('');

const begin = (res: ServerResponse) => res.writeHead(200, { 'content-type': 'text/event-stream' });
const events =
  (text: string | Buffer): Reply =>
  (res) =>
    begin(res).end(text);
/** Sends this and breaks off. */
const brokenOff =
  (bytes: Uint8Array | string): Reply =>
  (res) => {
    begin(res).write(bytes, () => setTimeout(() => res.destroy(), 5));
    if (bytes.length === 0) res.flushHeaders();
  };

/** A server that resumes any reply as ours does, and begins one with the replies that are given. */
async function server(...starts: Reply[]) {
  const resume: Reply = (res, { headers }) => {
    const [, place = 0] = String(headers['last-event-id'] ?? '')
      .split('-')
      .map(Number);
    const from = headers['last-event-id'] ? told.findIndex(([id]) => id === `1-${place}`) + 1 : 1;
    // A place within a word is behind no event of ours.
    events(frames(from > 0 ? told.slice(from) : told.slice(1)))(res, { headers } as SeenRequest);
  };
  const left = [...starts];
  const { url, requests } = await fixtureServer((res, request) => {
    const isStart = request.line.startsWith('POST /messages?') || request.line === 'POST /messages';
    const next = left.shift();
    if (next) return next(res, request);
    return isStart ? events(frames(told))(res, request) : resume(res, request);
  });
  const { messages } = createClient({ baseUrl: url, maxRetries: 0 });
  return { requests, messages, stream: () => messages.stream({ content: 'canary' }) };
}

async function textOf(stream: ReplyStream): Promise<string> {
  let text = '';
  for await (const event of stream) {
    if (event.type === 'reply-started') text = '';
    if (event.type === 'reply-delta') text += event.delta;
  }
  return text;
}

describe('a reply', () => {
  test('is told event by event, as the spec has them', async () => {
    const { stream, requests } = await server();
    const seen: ReplyEvent[] = [];
    for await (const event of stream()) seen.push(event);
    expect(seen).toEqual(told.map(([, event]) => event));
    expect(requests[0]).toMatchObject({ line: 'POST /messages', body: '{"content":"canary"}' });
    expect(requests[0]?.headers.accept).toBe('text/event-stream, application/problem+json');
  });

  test('is there as a text and as a message, without a loop or after one', async () => {
    const { stream } = await server();
    expect(await stream().text()).toBe(TEXT);
    const looped = stream();
    expect(await textOf(looped)).toBe(TEXT);
    expect(await looped.finalMessage()).toEqual(reply(TEXT, 'completed'));
    expect(await looped.text()).toBe(TEXT);
  });

  test('is read once', async () => {
    const { stream } = await server();
    const read = stream();
    await textOf(read);
    await expect(textOf(read)).rejects.toThrow('A reply stream can be read once');
  });

  test('is followed from behind an event', async () => {
    const { messages, requests } = await server();
    expect(await textOf(messages.resume(REPLY, { lastEventId: '1-7', id_conversation: ID }))).toBe('Ada! 🤖');
    expect(requests[0]?.line).toBe(`GET /messages/${REPLY}/events?id_conversation=${ID}`);
  });

  test('is whole however its bytes are split', async () => {
    const bytes = Buffer.from(frames(told));
    const { stream } = await server(async (res) => {
      begin(res);
      for (const byte of bytes) {
        res.write(Buffer.from([byte]));
        await new Promise(setImmediate);
      }
      res.end();
    });
    expect(await textOf(stream())).toBe(TEXT);
  });
});

describe('a connection that breaks', () => {
  test('after any byte is made again, and every word is told once', { timeout: 120_000 }, async () => {
    const bytes = Buffer.from(frames(told));
    const cuts = Array.from({ length: bytes.length }, (_, index) => index);
    for (let start = 0; start < cuts.length; start += 100) {
      await Promise.all(
        cuts.slice(start, start + 100).map(async (cut) => {
          const { stream, requests } = await server(brokenOff(bytes.subarray(0, cut)));
          expect(await textOf(stream()), `cut after ${cut}`).toBe(TEXT);
          const [first, second] = requests;
          const isResumed = second?.line.startsWith('GET');
          if (!isResumed) expect(second?.headers['idempotency-key']).toBe(first?.headers['idempotency-key']);
        }),
      );
    }
  });

  test('before any answer is the same send, under the same key', async () => {
    const { stream, requests } = await server((res) => res.destroy());
    expect(await stream().text()).toBe(TEXT);
    expect(requests).toHaveLength(2);
    expect(requests[1]?.headers['idempotency-key']).toBe(requests[0]?.headers['idempotency-key']);
  });

  test('again and again is a ConnectionError', async () => {
    const { stream, requests } = await server(...Array.from({ length: 9 }, () => brokenOff('')));
    await expect(stream().text()).rejects.toHaveProperty('name', 'ConnectionError');
    expect(requests).toHaveLength(6);
  }, 60_000);

  test('before the answer to a regeneration is not made again', async () => {
    const { messages, requests } = await server((res) => res.destroy());
    await expect(messages.regenerateStream(REPLY).text()).rejects.toHaveProperty('name', 'ConnectionError');
    expect(requests).toHaveLength(1);
  });
});

describe('a stream that ends early', () => {
  test('by a pause is followed when it says, and the pause is not told', async () => {
    const pause = frame(undefined, { type: 'stream-paused', id_message: REPLY }, 1);
    const { stream, requests } = await server(events(frames(told.slice(0, 3)) + pause));
    expect(await textOf(stream())).toBe(TEXT);
    expect(requests[1]).toMatchObject({ line: `GET /messages/${REPLY}/events` });
    expect(requests[1]?.headers['last-event-id']).toBe('1-7');
  });

  test('by a reply that is interrupted is finished under its key', async () => {
    const end: ReplyEvent = { type: 'reply-interrupted', bot_response: reply('Grüße, ', 'interrupted') };
    const { stream, requests } = await server(events(frames([...told.slice(0, 3), ['1-7', end]])));
    expect(await textOf(stream())).toBe(TEXT);
    expect(requests.map(({ line }) => line)).toEqual(['POST /messages', 'POST /messages']);
  });

  test('by a bot that fails is an ApiError with its problem', async () => {
    const failed = {
      type: 'reply-failed',
      bot_response: reply('Grüße, ', 'failed'),
      problem: { code: 'bot-unavailable', status: 503, detail: 'canary' },
    };
    const { stream } = await server(events(frames([...told.slice(0, 3), ['1-7', failed as unknown as ReplyEvent]])));
    await expect(stream().text()).rejects.toMatchObject({ name: 'ApiError', code: 'bot-unavailable', status: 503 });
  });

  test('by an answer that is a problem is an ApiError', async () => {
    const { stream } = await server(problem('quota-exceeded', 429));
    await expect(textOf(stream())).rejects.toMatchObject({ code: 'quota-exceeded' });
  });

  test('by a comment or an event that nobody knows goes on', async () => {
    const strange = ':\n\nevent: reply-sung\ndata: {"type":"reply-sung"}\n\n';
    const { stream } = await server(events(frames(told.slice(0, 2)) + strange + frames(told.slice(2))));
    const seen: ReplyEvent[] = [];
    for await (const event of stream()) seen.push(event);
    expect(seen).toEqual(told.map(([, event]) => event));
  });
});

describe('who does not want more', () => {
  test('leaves the loop, and the connection is closed', async () => {
    let closed: Promise<unknown> = Promise.reject(new Error('Nobody asked'));
    closed.catch(() => undefined);
    const { stream, requests } = await server((res) => {
      closed = once(res, 'close');
      begin(res).write(frames(told.slice(0, 3)));
    });
    const left = stream();
    for await (const event of left) if (event.type === 'reply-delta') break;
    await closed;
    expect(requests).toHaveLength(1);
    await expect(left.finalMessage()).rejects.toHaveProperty('name', 'ConnectionError');
  });

  test('aborts, and is told why', async () => {
    const { messages } = await server((res) => void begin(res).write(frames(told.slice(0, 3))));
    const stop = new AbortController();
    const reason = new Error('enough');
    const reading = messages.stream({ content: 'canary' }, { signal: stop.signal }).text();
    setTimeout(() => stop.abort(reason), 50);
    await expect(reading).rejects.toBe(reason);
  });

  test('cancels, and gets what was said', async () => {
    let response: ServerResponse | undefined;
    const cancelled = reply('Grüße, ', 'cancelled');
    const { stream, requests } = await server(
      (res) => {
        response = begin(res);
        response.write(frames(told.slice(0, 3)));
      },
      (res, request) => {
        json(cancelled)(res, request);
        response?.end(frame('1-7', { type: 'reply-cancelled', bot_response: cancelled }));
      },
    );
    const stopped = stream();
    expect(await stopped.cancel()).toEqual(cancelled);
    expect(await stopped.finalMessage()).toEqual(cancelled);
    expect(requests[1]?.line).toBe(`POST /messages/${REPLY}/cancel`);
  });
});
