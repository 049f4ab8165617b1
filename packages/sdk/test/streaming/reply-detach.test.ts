import { describe, expect, test, vi } from 'vitest';
import { createClient } from '../../src/index.ts';
import { json, problem, type Responder } from '../support/fixture-server.ts';
import {
  beginStream,
  FIRST_TEXT,
  firstEvents,
  frame,
  frames,
  ID,
  PAUSE,
  REPLY,
  reply,
  replyServer,
  stream,
} from '../support/reply-server.ts';
import { gate } from '../support/session-server.ts';

/** Starts a stream that stays open. */
const open =
  (text: string): Responder =>
  (res) =>
    beginStream(res).write(text);

describe('a reader', () => {
  test('that leaves the loop closes the connection', async () => {
    const closed = gate();
    const { send, requests } = await replyServer((res) => {
      res.on('close', closed.open);
      beginStream(res).write(frames(firstEvents));
    });
    const read = send();
    for await (const event of read) if (event.type === 'reply-delta') break;
    await closed.opened;
    await expect(read.finalMessage()).rejects.toThrow('The loop was left before the reply ended');
    expect(requests).toHaveLength(1);
  });

  test('that leaves the loop does not wait for the cancellation of the body', async () => {
    const cancel = vi.fn(() => new Promise<void>(() => undefined));
    const body = new ReadableStream({ start: (each) => each.enqueue(Buffer.from(frames(firstEvents))), cancel });
    const response = new Response(body, { headers: { 'content-type': 'text/event-stream' } });
    const client = createClient({ baseUrl: 'http://chat.example', fetch: async () => response });
    for await (const _ of client.messages.resume(REPLY)) break;
    expect(cancel).toHaveBeenCalledOnce();
  });

  test.each([
    ['during the stream', [open(frames(firstEvents))]],
    [
      'during another connection',
      [stream(frames(firstEvents.slice(0, -1)) + PAUSE), open(frames(firstEvents.slice(-1)))],
    ],
    ['between two connections', [stream(frames(firstEvents) + PAUSE.replace('retry: 1\n', 'retry: 60000\n'))]],
  ])('that aborts %s gets the reason of the signal', async (_, replies) => {
    const { send, requests } = await replyServer(...replies);
    const stop = new AbortController();
    const reason = new Error('canary abort');
    const read = send({ signal: stop.signal });
    const loop = async () => {
      for await (const event of read) if (event.type === 'reply-delta') setTimeout(() => stop.abort(reason), 20);
    };
    await expect(loop()).rejects.toBe(reason);
    await expect(read.text()).rejects.toBe(reason);
    expect(requests).toHaveLength(replies.length);
  });

  test('that aborts gets no more of the events that have arrived', async () => {
    const { send } = await replyServer();
    const stop = new AbortController();
    const reason = new Error('canary abort');
    const loop = async () => {
      for await (const event of send({ signal: stop.signal })) {
        expect(event.type).toBe('message-created');
        stop.abort(reason);
      }
    };
    await expect(loop()).rejects.toBe(reason);
  });

  test('that cancels gets the reply so far at the end of the stream', async () => {
    const cancelled = reply(FIRST_TEXT, 'cancelled');
    const stopped = gate();
    const { send, lines } = await replyServer(
      async (res) => {
        beginStream(res).write(frames(firstEvents));
        await stopped.opened;
        res.end(frame(['1-7', { type: 'reply-cancelled', bot_response: cancelled }]));
      },
      (res, request) => {
        json(cancelled)(res, request);
        stopped.open();
      },
    );
    const read = send();
    let result: unknown;
    for await (const event of read) if (event.type === 'reply-delta') result = await read.cancel();
    expect(result).toEqual(cancelled);
    expect(await read.finalMessage()).toEqual(cancelled);
    expect(lines()).toEqual(['POST /messages', `POST /messages/${REPLY}/cancel`]);
  });

  test('can cancel a reply after leaving its loop, and a resumed reply', async () => {
    const cancelled = json(reply(FIRST_TEXT, 'cancelled'));
    const { send, messages, lines } = await replyServer(
      (res) => beginStream(res).write(frames(firstEvents)),
      cancelled,
      cancelled,
    );
    const left = send();
    for await (const event of left) if (event.type === 'message-created') break;
    expect(await left.cancel()).toEqual(reply(FIRST_TEXT, 'cancelled'));
    await messages.resume(REPLY, { id_conversation: ID }).cancel();
    const cancel = `POST /messages/${REPLY}/cancel`;
    expect(lines().slice(1)).toEqual([cancel, `${cancel}?id_conversation=${ID}`]);
  });

  test('that cancels sends the headers of the stream, which may authenticate the user', async () => {
    const headers = { authorization: 'Bearer canary' };
    const { messages, header } = await replyServer((res) => beginStream(res).write(frames(firstEvents)), json({}));
    await messages.stream({ content: 'canary' }, { headers, idempotencyKey: 'canary-1' }).cancel();
    expect(header('authorization')).toEqual([headers.authorization, headers.authorization]);
    expect(header('idempotency-key')).toEqual(['canary-1', undefined]);
  });

  test('that cancels a send that fails gets an error', async () => {
    const { send } = await replyServer(problem('quota-exceeded', 429));
    await expect(send().cancel()).rejects.toThrow('The reply did not start');
  });
});
