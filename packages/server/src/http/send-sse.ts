import type { HttpResponse } from '@async-chatbot/core/http/handle';
import { HEARTBEAT_MS } from '@async-chatbot/shared/event-stream';
import { toProblem } from '@async-chatbot/shared/problem';
import type { Response } from 'express';

/** How long the other end may read nothing of what is on its way. */
const STALLED_MS = 10_000;

/**
 * Server-sent events, each asked for when the one before has left the process. When one cannot be had, the connection is cut:
 * a body that ends well would be taken for whole. The body ends early when the client leaves, by the signal of the request.
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
  const heart = setInterval(beat, heartbeatMs);
  try {
    for await (const text of body) {
      if (res.destroyed) break;
      heart.refresh();
      await sent(text);
    }
    end();
  } catch (error) {
    if (!res.destroyed) res.locals.problem = toProblem(error);
    res.destroy();
  } finally {
    clearInterval(heart);
  }

  /** One that waits behind others would have the stalled reader's time begin again. */
  function beat(): void {
    if (res.writableLength === 0) write(heartbeat);
  }

  /** Resolves when the text has left the process, or never will: Node forgets what waits for a socket that never comes. */
  function sent(text: string): Promise<void> {
    return new Promise((resolve) => {
      res.once('close', resolve);
      write(text, () => {
        res.off('close', resolve);
        resolve();
      });
    });
  }

  /** Node sets the time of a connection that stays open once the end is on its way. */
  function end(): void {
    if (res.destroyed) return;
    res.setTimeout(stalledMs);
    res.end();
  }

  /** The socket counts the time as long as something is on its way; our silence is no fault of the reader. */
  function write(text: string, onSent?: () => void): void {
    res.setTimeout(stalledMs);
    res.write(text, () => {
      if (res.writableLength === 0) res.setTimeout(0);
      onSent?.();
    });
  }
}
