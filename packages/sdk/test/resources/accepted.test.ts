/** If a reply takes longer than the response may, the API responds with 202 and the client resumes the reply. */
import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { ConnectionError } from '../../src/index.ts';
import { json, problem, type Responder } from '../support/fixture-server.ts';
import {
  beginStream,
  cutOff,
  EVENTS,
  frames,
  ID,
  reply,
  replyServer,
  stream,
  streamEvents,
  TEXT,
} from '../support/reply-server.ts';

const [created] = streamEvents;
const { user_message } = { ...created?.[1] } as { user_message: object };
const accepted: Responder = json({ user_message, bot_response: reply('Grüße, ', 'streaming') }, 202);
const exchange = { user_message, bot_response: reply(TEXT, 'completed') };
const DRAFT = { content: 'canary' };
const SENDS = 'POST /messages';
const REGENERATES = `POST /messages/${ID}/regenerate`;

test('a send resumes the reply to its end', async () => {
  const { messages, lines } = await replyServer(accepted);
  expect(await messages.send(DRAFT)).toEqual(exchange);
  expect(lines()).toEqual([SENDS, EVENTS]);
});

test('a regeneration resumes the reply to its end', async () => {
  const { messages, lines } = await replyServer(accepted);
  expect(await messages.regenerate(ID)).toEqual(exchange);
  expect(lines()).toEqual([REGENERATES, EVENTS]);
});

test('withResponse has the complete reply and the 202 response, asResponse the unread 202 response', async () => {
  const first = await replyServer(accepted);
  const { data, response } = await first.messages.send(DRAFT).withResponse();
  expect([response.status, data]).toEqual([202, exchange]);

  const second = await replyServer(accepted);
  const raw = await second.messages.send(DRAFT).asResponse();
  expect([raw.status, await raw.json()]).toMatchObject([202, { bot_response: { status: 'streaming' } }]);
  expect(second.lines()).toEqual([SENDS]);
});

test('a lost connection is retried from the last event', async () => {
  const { messages, header } = await replyServer(accepted, cutOff(frames(streamEvents.slice(1, 3))));
  expect(await messages.send(DRAFT)).toEqual(exchange);
  expect(header('last-event-id')).toEqual([undefined, undefined, '1-7']);
});

test('a send whose server stops is repeated with its key', async () => {
  const gone = stream(frames([['1-7', { type: 'reply-interrupted', bot_response: reply('Grüße, ', 'interrupted') }]]));
  const { messages, lines, header } = await replyServer(accepted, gone);
  expect(await messages.send(DRAFT)).toEqual(exchange);
  expect(lines()).toEqual([SENDS, EVENTS, SENDS]);
  expect(header('idempotency-key')[2]).toBe(header('idempotency-key')[0]);
});

test('a failed reply rejects with its problem', async () => {
  const document = { code: 'message-too-long', status: 422, detail: 'canary', title: 'canary' };
  const failed: Responder = (res) =>
    beginStream(res).end(
      `event: reply-failed\ndata: ${JSON.stringify({ type: 'reply-failed', bot_response: reply('', 'failed'), problem: document })}\n\n`,
    );
  const { messages } = await replyServer(accepted, failed);
  await expect(messages.send(DRAFT)).rejects.toMatchObject({ name: 'ApiError', code: 'message-too-long', status: 422 });
});

describe('a reply without a free stream', () => {
  const taken = problem('too-many-streams', 429, { 'retry-after': '0' });

  test.each([
    ['send', SENDS],
    ['regenerate', REGENERATES],
  ] as const)('is retried by %s, however often the API rejects it', async (method, line) => {
    for (const maxRetries of [0, 2]) {
      const { messages, lines } = await replyServer(accepted, ...Array(12).fill(taken));
      const options = { maxRetries };
      const sent = method === 'send' ? messages.send(DRAFT, options) : messages.regenerate(ID, options);
      expect(await sent).toEqual(exchange);
      expect(lines()).toEqual([line, ...Array(13).fill(EVENTS)]);
    }
  });

  test('does not count towards the retries', async () => {
    const lost: Responder = (res) => res.destroy();
    const { messages, lines } = await replyServer(accepted, taken, taken, lost, taken, taken, lost, lost);
    await expect(messages.send(DRAFT, { maxRetries: 1 })).rejects.toBeInstanceOf(ConnectionError);
    expect(lines()).toHaveLength(7);
  });

  test('is retried after Retry-After, until the signal aborts', async () => {
    const { messages, lines } = await replyServer(accepted, problem('too-many-streams', 429, { 'retry-after': '60' }));
    const stop = new AbortController();
    const sent = messages.send(DRAFT, { signal: stop.signal });
    await expect.poll(lines).toHaveLength(2);
    await setTimeout(200);
    expect(lines()).toHaveLength(2);
    stop.abort();
    await expect(sent).rejects.toBe(stop.signal.reason);
  });
});

test('the signal aborts the call while it resumes the reply', async () => {
  const { messages, lines } = await replyServer(accepted, (res) => beginStream(res).flushHeaders());
  const stop = new AbortController();
  const sent = messages.send(DRAFT, { signal: stop.signal });
  await expect.poll(lines).toHaveLength(2);
  stop.abort();
  await expect(sent).rejects.toBe(stop.signal.reason);
});

describe('502 bot-misconfigured', () => {
  test('is not retried, neither for a send nor for a stream', async () => {
    const misconfigured = problem('bot-misconfigured', 502);
    const { messages, lines } = await replyServer(misconfigured, misconfigured);
    await expect(messages.send(DRAFT)).rejects.toMatchObject({ code: 'bot-misconfigured', status: 502 });
    await expect(messages.stream(DRAFT).text()).rejects.toMatchObject({ code: 'bot-misconfigured' });
    expect(lines()).toEqual([SENDS, SENDS]);
  });

  test('differs from the 502 of a gateway, which is retried', async () => {
    const { messages, lines } = await replyServer(json({}, 502), json(exchange, 201));
    expect(await messages.send(DRAFT)).toEqual(exchange);
    expect(lines()).toEqual([SENDS, SENDS]);
  });
});
