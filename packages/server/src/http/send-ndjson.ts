import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { HttpResponse } from '@async-chatbot/core/http/handle';
import { toProblem } from '@async-chatbot/shared/problem';
import type { Response } from 'express';

/** How long a client may read nothing. */
const STALLED_MS = 30_000;

/**
 * Sends lines no faster than the client reads them. If a line cannot be produced, the connection is cut: a response that ends
 * normally would look complete.
 */
export async function sendNdjson(
  res: Response,
  { status, headers, body }: HttpResponse & { body: AsyncIterable<string> },
  stalledMs = STALLED_MS,
): Promise<void> {
  res.setTimeout(stalledMs, () => res.destroy());
  res.writeHead(status, headers.flat());
  if (res.req.method === 'HEAD') return void res.end();

  async function* lines() {
    try {
      yield* body;
    } catch (error) {
      res.locals.problem = toProblem(error);
      throw error;
    }
  }
  // The reason is logged. The client only sees that the connection is cut.
  await pipeline(Readable.from(lines()), res).catch(() => undefined);
}
