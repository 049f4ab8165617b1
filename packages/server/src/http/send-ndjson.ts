import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
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

  async function* lines() {
    try {
      yield* body;
    } catch (error) {
      res.locals.problem = toProblem(error);
      throw error;
    }
  }
  // The reason is logged; the client only sees the closed connection.
  await pipeline(Readable.from(lines()), res).catch(() => undefined);
}
