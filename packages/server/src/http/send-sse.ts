import type { HttpResponse } from '@async-chatbot/core/http/handle';
import { HEARTBEAT_MS } from '@async-chatbot/shared/event-stream';
import { toProblem } from '@async-chatbot/shared/problem';
import type { Response } from 'express';
import { allHeaders } from './response-headers.ts';

/** How long a client may leave written data unread. */
const STALLED_MS = 10_000;

/**
 * Sends server-sent events, requesting each when the previous one has left the process. If producing one fails, closes the
 * connection, since a body that ends normally would look complete. The request's signal ends the body on a disconnect.
 */
export async function sendSse(
  res: Response,
  { status, headers, body, heartbeat }: HttpResponse & { body: AsyncIterable<string>; heartbeat: string },
  { heartbeatMs = HEARTBEAT_MS, stalledMs = STALLED_MS } = {},
): Promise<void> {
  res.writeHead(status, allHeaders(res, headers));
  if (res.req.method === 'HEAD') return void res.end();
  res.flushHeaders();
  res.on('timeout', () => res.destroy());
  const heartbeatTimer = setInterval(sendHeartbeat, heartbeatMs);
  try {
    for await (const text of body) {
      if (res.destroyed) break;
      heartbeatTimer.refresh();
      await send(text);
    }
    end();
  } catch (error) {
    if (!res.destroyed) res.locals.problem = toProblem(error);
    res.destroy();
  } finally {
    clearInterval(heartbeatTimer);
  }

  /** Not while data is unread, since that would restart the timeout of a stalled client. */
  function sendHeartbeat(): void {
    if (res.writableLength === 0) write(heartbeat);
  }

  /** Resolves when the text has left the process, or on close, after which Node does not call the callback. */
  function send(text: string): Promise<void> {
    return new Promise((resolve) => {
      res.once('close', resolve);
      write(text, () => {
        res.off('close', resolve);
        resolve();
      });
    });
  }

  /** Sets the timeout for unread data; after the response, Node resets it for keep-alive. */
  function end(): void {
    if (res.destroyed) return;
    res.setTimeout(stalledMs);
    res.end();
  }

  /** The socket has a timeout only while data is unread, since a silent body does not mean that the client has stalled. */
  function write(text: string, onSent?: () => void): void {
    res.setTimeout(stalledMs);
    res.write(text, () => {
      if (res.writableLength === 0) res.setTimeout(0);
      onSent?.();
    });
  }
}
