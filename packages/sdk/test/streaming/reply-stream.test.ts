import { describe, expect, test } from 'vitest';
import { json, problem, type Responder } from '../support/fixture-server.ts';
import {
  beginStream,
  eventsOf,
  frames,
  ID,
  REPLY,
  reply,
  replyEvents,
  replyServer,
  streamEvents,
  TEXT,
} from '../support/reply-server.ts';

describe('a reply stream', () => {
  test('emits the events of a 201 response', async () => {
    const { send, requests } = await replyServer((res) => beginStream(res, 201).end(frames(streamEvents)));
    expect(await eventsOf(send())).toEqual(replyEvents);
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({ line: 'POST /messages', body: '{"content":"canary"}' });
    expect(requests[0]?.headers.accept).toBe('text/event-stream, application/problem+json');
  });

  test('provides the text and the message without a loop', async () => {
    const { send, requests } = await replyServer();
    const stream = send();
    expect(await Promise.all([stream.text(), stream.finalMessage()])).toEqual([TEXT, reply(TEXT, 'completed')]);
    expect(requests).toHaveLength(1);
  });

  test('provides the text and the message within and after the loop', async () => {
    const { send } = await replyServer();
    const stream = send();
    for await (const event of stream) {
      if (event.type !== 'reply-completed') continue;
      expect(await stream.text()).toBe(TEXT);
      break;
    }
    expect(await stream.finalMessage()).toEqual(reply(TEXT, 'completed'));
  });

  test('sends its request when it is read, and can be read only once', async () => {
    const { send, requests } = await replyServer();
    const stream = send();
    expect(requests).toEqual([]);
    await stream.text();
    await expect(eventsOf(stream)).rejects.toThrow('A reply stream can be read only once');
    expect(requests).toHaveLength(1);
  });

  test('parses split bytes, and ignores heartbeats and unknown events', async () => {
    const strange = ':\n\nevent: reply-sung\nid: 1-1\ndata: {"type":"reply-sung"}\n\n';
    const bytes = Buffer.from(frames(streamEvents.slice(0, 2)) + strange + frames(streamEvents.slice(2)));
    const { send, requests } = await replyServer(async (res) => {
      beginStream(res);
      for (const byte of bytes) await new Promise((resolve) => res.write(Uint8Array.of(byte), resolve));
      res.end();
    });
    expect(await eventsOf(send())).toEqual(replyEvents);
    expect(requests).toHaveLength(1);
  });

  test('resumes a reply after an event, in a conversation', async () => {
    const { messages, requests } = await replyServer();
    const options = { lastEventId: '1-7', id_conversation: ID };
    expect(await eventsOf(messages.resume(REPLY, options))).toEqual(replyEvents.slice(3));
    expect(requests[0]?.line).toBe(`GET /messages/${REPLY}/events?id_conversation=${ID}`);
  });

  test('rejects with an ApiError for 429, and does not retry an exceeded quota', async () => {
    const { send, requests } = await replyServer(problem('quota-exceeded', 429));
    await expect(eventsOf(send())).rejects.toMatchObject({ name: 'ApiError', code: 'quota-exceeded' });
    expect(requests).toHaveLength(1);
  });

  test.each<[string, Responder]>([
    ['JSON', json({})],
    ['HTML', (res) => res.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome</h1>')],
  ])('rejects with an ApiError without a code for 200 with %s', async (_, responder) => {
    const { send, requests } = await replyServer(responder);
    await expect(send().text()).rejects.toMatchObject({ name: 'ApiError', status: 200, code: undefined });
    expect(requests).toHaveLength(1);
  });
});
