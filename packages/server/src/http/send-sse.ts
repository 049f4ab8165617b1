import type { HttpResponse } from '@async-chatbot/core/http/handle';
import { HEARTBEAT_MS } from '@async-chatbot/shared/event-stream';
import { toProblem } from '@async-chatbot/shared/problem';
import type { Response } from 'express';

/** How long a client may read nothing of what was written. */
const STALLED_MS = 10_000;

/**
 * Sends server-sent events, each requested when the one before has left the process. If one cannot be produced, the
 * connection is cut: a body that ends normally would look complete. The request's signal ends the body when a client leaves.
 */
export async function sendSse(
  res: Response,
  { status, headers, body, heartbeat }: HttpResponse & { body: AsyncIterable<string>; heartbeat: string },
  { heartbeatMs = HEARTBEAT_MS, stalledMs = STALLED_MS } = {},
): Promise<void> {
  res.writeHead(status, headers.flat());
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

  /** A heartbeat behind unread data would restart the timeout of a stalled client. */
  function sendHeartbeat(): void {
    if (res.writableLength === 0) write(heartbeat);
  }

  /** Resolves when the text has left the process, or on close: Node drops the callbacks of a socket that is gone. */
  function send(text: string): Promise<void> {
    return new Promise((resolve) => {
      res.once('close', resolve);
      write(text, () => {
        res.off('close', resolve);
        resolve();
      });
    });
  }

  /** Node itself sets the timeout of a keep-alive connection after the response. */
  function end(): void {
    if (res.destroyed) return;
    res.setTimeout(stalledMs);
    res.end();
  }

  /** The socket has a timeout only while data is unread: a silent body is not the client's fault. */
  function write(text: string, onSent?: () => void): void {
    res.setTimeout(stalledMs);
    res.write(text, () => {
      if (res.writableLength === 0) res.setTimeout(0);
      onSent?.();
    });
  }
}
