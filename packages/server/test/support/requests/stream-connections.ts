/** Both ends of a connection that streams events, and the events. */
import { once } from 'node:events';
import { type IncomingMessage, type RequestOptions, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { formatEvent, HEARTBEAT, type ServerSentEvent } from '@async-chatbot/shared/event-stream';
import { untilAborted } from '@async-chatbot/shared/until-aborted';
import express, { type RequestHandler, type Response } from 'express';
import { expect, onTestFinished, vi } from 'vitest';
import { requestRecords } from '../../../src/http/request-record.ts';
import { sendSse } from '../../../src/http/send-sse.ts';

/** A body whose events the test writes. `next` is pending until then, or until the signal is aborted. */
export function manualBody() {
  const { readable, writable } = new TransformStream<string, string>(undefined, { highWaterMark: 100 });
  const reader = readable.getReader();
  const writer = writable.getWriter();
  const next = vi.fn(async (signal: AbortSignal): Promise<IteratorResult<string, undefined>> => {
    const { value } = (await untilAborted(reader.read(), signal)) ?? {};
    return value === undefined ? { done: true, value } : { done: false, value };
  });
  return {
    body: (signal: AbortSignal) => ({ [Symbol.asyncIterator]: () => ({ next: () => next(signal) }) }),
    write: (event: ServerSentEvent) => writer.write(formatEvent(event)),
    writer,
    next,
  };
}

const recordOf = requestRecords(() => []);

/** Sets the record that each response needs. */
export const withRecord: RequestHandler = (req, res, next) => {
  res.locals = recordOf(req);
  next();
};

const HEADERS: [string, string][] = [['Content-Type', 'text/event-stream']];

/** A server that sends this body; `ended` resolves to the first response that has ended. */
export async function serve(
  bodyFor: (signal: AbortSignal, res: Response) => AsyncIterable<string>,
  options?: Parameters<typeof sendSse>[2],
) {
  const { promise: ended, resolve: end } = Promise.withResolvers<Response>();
  const app = express()
    .use(withRecord)
    .get('/', async (_req, res) => {
      const closing = new AbortController();
      res.once('close', () => closing.abort());
      const body = bodyFor(closing.signal, res);
      await sendSse(res, { status: 200, headers: HEADERS, body, heartbeat: HEARTBEAT }, options);
      end(res);
    });
  const server = app.listen(0, '127.0.0.1');
  // Node closes a connection that times out without a listener.
  server.on('timeout', () => undefined);
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { port: (server.address() as AddressInfo).port, ended };
}

/** Resolves to the response, with its body unread. */
export async function get(options: RequestOptions): Promise<IncomingMessage> {
  const [res] = await once(request({ host: '127.0.0.1', ...options }).end(), 'response');
  return res;
}

/** Reads the body as it arrives; `end` rejects if it is incomplete. */
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
