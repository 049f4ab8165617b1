import { formatEvent, HEARTBEAT, type ServerSentEvent } from '@async-chatbot/shared/event-stream';
import { toProblem } from '@async-chatbot/shared/problem';
import type { Response } from 'express';

/** Proxies cut a connection that is silent for long, some after 30 s. */
const HEARTBEAT_MS = 15_000;
/** How long the other end may read nothing of what is on its way. */
const STALLED_MS = 10_000;

/**
 * Server-sent events, each asked for when the one before has left the process. When one cannot be had, the connection
 * is cut: a body that ended well would be taken for whole. However it ends, the iterator is told to stop.
 */
export async function sendEvents(
  res: Response,
  status: number,
  events: AsyncIterable<ServerSentEvent>,
  { heartbeatMs = HEARTBEAT_MS, stalledMs = STALLED_MS } = {},
): Promise<void> {
  res.writeHead(status, { 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' });
  if (res.req.method === 'HEAD') return void res.end();
  res.flushHeaders();
  const iterator = events[Symbol.asyncIterator]();

  res.on('timeout', () => res.destroy());
  // The one listener for all that is waited for: in a race, a promise of the close would hold on to each event.
  let leave = () => {};
  res.once('close', () => leave());
  const heart = setInterval(beat, heartbeatMs);
  try {
    while (!res.destroyed) {
      const next = await orClosed(iterator.next());
      if (next?.done) return void end();
      if (next) await orClosed(send(next.value));
    }
  } catch (error) {
    res.locals.problem = toProblem(error);
    res.destroy();
  } finally {
    clearInterval(heart);
    stop(iterator).catch(() => undefined);
  }

  /** Undefined once the connection is closed. */
  function orClosed<Value>(promise: Promise<Value>): Promise<Value | undefined> {
    return new Promise((resolve, reject) => {
      leave = () => resolve(undefined);
      promise.then(resolve, reject);
    });
  }

  /** One that waits behind others would have the stalled reader's time begin anew. */
  function beat(): void {
    if (res.writableLength === 0) write(HEARTBEAT);
  }

  function send(event: ServerSentEvent): Promise<void> {
    heart.refresh();
    return new Promise((resolve) => write(formatEvent(event), resolve));
  }

  /** Node sets the time of a connection that is kept alive once the end is on its way. */
  function end(): void {
    res.setTimeout(stalledMs);
    res.end();
  }

  /** The socket counts the time as long as something is on its way; silence of ours is no fault of the reader. */
  function write(text: string, sent?: () => void): void {
    res.setTimeout(stalledMs);
    res.write(text, () => {
      if (res.writableLength === 0) res.setTimeout(0);
      sent?.();
    });
  }
}

/** Not waited for: while its `next` is pending, a generator does not come to its end. */
async function stop(iterator: AsyncIterator<unknown>): Promise<void> {
  await iterator.return?.();
}
