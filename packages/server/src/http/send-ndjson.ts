import type { HttpResponse } from '@async-chatbot/core/http/handle';
import { toProblem } from '@async-chatbot/shared/problem';
import type { Response } from 'express';
import { allHeaders } from './response-headers.ts';

/** How long a client may go without reading. */
const STALLED_MS = 30_000;

/**
 * Sends lines as fast as the client reads them. If producing a line fails, closes the connection, since a response that ends
 * normally would look complete.
 */
export async function sendNdjson(
  res: Response,
  { status, headers, body }: HttpResponse & { body: AsyncIterable<string> },
  stalledMs = STALLED_MS,
): Promise<void> {
  res.setTimeout(stalledMs, () => res.destroy());
  res.writeHead(status, allHeaders(res, headers));
  if (res.req.method === 'HEAD') return void res.end();

  try {
    for await (const line of body) {
      if (res.destroyed) break;
      if (!res.write(line)) await isRead(res);
    }
    res.end();
  } catch (error) {
    // The reason is logged; the client only sees the closed connection.
    res.locals.problem = toProblem(error);
    res.destroy();
  }
}

/** Resolves when the client has read what was written, or on close. Node's `pipeline` would add seven listeners. */
function isRead(res: Response): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      res.off('drain', done).off('close', done);
      resolve();
    };
    res.on('drain', done).on('close', done);
  });
}
