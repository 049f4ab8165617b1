import { describe, expect, test } from 'vitest';
import { json } from '../support/fixture-server.ts';
import {
  beginStream,
  cutOff,
  EVENTS,
  eventsOf,
  FIRST_TEXT,
  firstEvents,
  frame,
  frames,
  REPLY,
  reply,
  replyEvents,
  replyServer,
  type StreamEvent,
  stream,
} from '../support/reply-server.ts';

const SEND = 'POST /messages';
const interrupted: StreamEvent = ['1-7', { type: 'reply-interrupted', bot_response: reply(FIRST_TEXT, 'interrupted') }];
/** What stands before the reply. */
const eventsBeforeReply = firstEvents.slice(0, 1);
const interruption = stream(frames([...firstEvents, interrupted]));

test('a bot that fails is an event, and an ApiError with its problem', async () => {
  const document = {
    type: '/problems#bot-unavailable',
    title: 'canary',
    instance: 'urn:uuid:canary',
    request_id: 'canary',
  };
  const failed: StreamEvent = [
    '1-7',
    {
      type: 'reply-failed',
      bot_response: reply(FIRST_TEXT, 'failed'),
      problem: { ...document, status: 503, code: 'bot-unavailable', detail: 'canary detail' },
    },
  ];
  const { send, requests } = await replyServer(stream(frames([...firstEvents, failed])));
  const read = send();
  const seen: string[] = [];
  const loop = async () => {
    for await (const { type } of read) seen.push(type);
  };
  const error = { name: 'ApiError', status: 503, code: 'bot-unavailable', message: 'canary detail' };
  await expect(loop()).rejects.toMatchObject(error);
  expect(seen.at(-1)).toBe('reply-failed');
  await expect(read.finalMessage()).rejects.toMatchObject(error);
  await expect(read.text()).rejects.toMatchObject(error);
  expect(requests).toHaveLength(1);
});

test('a reply that the caller cancelled elsewhere is a message', async () => {
  const cancelled = reply(FIRST_TEXT, 'cancelled');
  const { send } = await replyServer(
    stream(frames([...firstEvents, ['1-7', { type: 'reply-cancelled', bot_response: cancelled }]])),
  );
  const read = send();
  expect((await eventsOf(read)).at(-1)).toEqual({ type: 'reply-cancelled', bot_response: cancelled });
  expect(await read.finalMessage()).toEqual(cancelled);
});

describe('a reply that is interrupted', () => {
  test('is generated again by the same send, and the deltas before are discarded', async () => {
    const { send, lines, header } = await replyServer(interruption);
    const [created, ...rest] = replyEvents;
    expect(await eventsOf(send())).toEqual([created, ...firstEvents.slice(1).map(([, event]) => event), ...rest]);
    expect(lines()).toEqual([SEND, SEND]);
    const [first, second] = header('idempotency-key');
    expect(second).toBe(first);
  });

  test('is generated again from its start, even if the connection breaks before the first event', async () => {
    const { send, lines, header } = await replyServer(interruption, cutOff(frames(eventsBeforeReply)));
    expect((await eventsOf(send())).at(-1)).toEqual(replyEvents.at(-1));
    expect(lines()).toEqual([SEND, SEND, EVENTS]);
    expect(header('last-event-id')).toEqual([undefined, undefined, undefined]);
  });

  test('is generated again twice at most, whatever the deltas in between', async () => {
    const { send, requests } = await replyServer(...Array.from({ length: 9 }, () => interruption));
    const read = send();
    const seen: string[] = [];
    const loop = async () => {
      for await (const { type } of read) seen.push(type);
    };
    const error = { name: 'ConnectionError', cause: interrupted[1] };
    await expect(loop()).rejects.toMatchObject(error);
    expect(seen.at(-1)).toBe('reply-interrupted');
    await expect(read.text()).rejects.toMatchObject(error);
    expect(requests).toHaveLength(3);
  });

  test('is not generated again without retries', async () => {
    const { send, requests } = await replyServer(interruption);
    const error = { name: 'ConnectionError', cause: interrupted[1] };
    await expect(send({ maxRetries: 0 }).text()).rejects.toMatchObject(error);
    expect(requests).toHaveLength(1);
  });

  test('is not generated again by `resume`', async () => {
    const { messages, lines } = await replyServer(interruption);
    await expect(messages.resume(REPLY).text()).rejects.toMatchObject({
      name: 'ConnectionError',
      cause: interrupted[1],
    });
    expect(lines()).toEqual([EVENTS]);
  });

  test('is not generated again after a cancellation', async () => {
    let end: () => void = () => undefined;
    const { send, lines } = await replyServer(
      (res) => {
        beginStream(res).write(frames(firstEvents));
        end = () => res.end(frame(interrupted));
      },
      (res, request) => {
        json(interrupted[1])(res, request);
        end();
      },
    );
    const read = send();
    await read.cancel();
    await expect(read.text()).rejects.toHaveProperty('name', 'ConnectionError');
    expect(lines()).toEqual([SEND, `POST /messages/${REPLY}/cancel`]);
  });
});
