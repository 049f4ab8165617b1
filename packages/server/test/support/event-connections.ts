/** Both ends of a connection that tells events, and the events. */
import { once } from 'node:events';
import { type IncomingMessage, type RequestOptions, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ServerSentEvent } from '@async-chatbot/shared/event-stream';
import express, { type Response } from 'express';
import { expect, onTestFinished, vi } from 'vitest';
import { sendEvents } from '../../src/http/send-sse.ts';

/** Events that come when the test writes them; until then, `next` is pending. */
export function byHand() {
  const { readable, writable } = new TransformStream<ServerSentEvent, ServerSentEvent>(undefined, {
    highWaterMark: 100,
  });
  const reader = readable.getReader();
  const iterator = {
    // The cast: a reader tells the end as an iterator does, but for the type of its value.
    next: vi.fn(() => reader.read() as Promise<IteratorResult<ServerSentEvent>>),
    return: vi.fn(() => Promise.reject(new Error('canary'))),
  };
  return { events: { [Symbol.asyncIterator]: () => iterator }, writer: writable.getWriter(), iterator };
}

/** A server that sends these events; `ended` is the first response that is over. */
export async function serve(
  eventsFor: (res: Response) => AsyncIterable<ServerSentEvent>,
  options?: Parameters<typeof sendEvents>[3],
) {
  const { promise: ended, resolve: end } = Promise.withResolvers<Response>();
  const app = express().get('/', async (_req, res) => {
    await sendEvents(res.set('Cache-Control', 'no-store'), 200, eventsFor(res), options);
    end(res);
  });
  const server = app.listen(0, '127.0.0.1');
  // Node closes a connection that times out unless somebody listens.
  server.on('timeout', () => undefined);
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { port: (server.address() as AddressInfo).port, ended };
}

/** The head of the answer; nothing of its body is read yet. */
export async function get(options: RequestOptions): Promise<IncomingMessage> {
  const [res] = await once(request({ host: '127.0.0.1', ...options }).end(), 'response');
  return res;
}

/** The body as it comes; `end` rejects if it is not whole. */
export function received(res: IncomingMessage) {
  let text = '';
  res.setEncoding('utf8').on('data', (more) => {
    text += more;
  });
  const end = once(res, 'end');
  end.catch(() => undefined);
  async function grownTo(expected: string): Promise<void> {
    while (text.length < expected.length) await once(res, 'data');
    expect(text).toBe(expected);
  }
  return { grownTo, end };
}
