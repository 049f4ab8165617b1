import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { toProblem } from '@async-chatbot/shared/problem';
import type { Response } from 'express';

/** How long the other end may read nothing at all. */
const STALLED_MS = 30_000;

/**
 * Newline-delimited JSON, no faster than the other end reads it. When a line cannot be had, the connection is cut: an
 * answer that ended well would be taken for whole.
 */
export async function sendLines(
  res: Response,
  status: number,
  lines: AsyncIterable<unknown>,
  stalledMs = STALLED_MS,
): Promise<void> {
  res.setTimeout(stalledMs, () => res.destroy());
  res.writeHead(status, { 'Content-Type': 'application/x-ndjson' });
  if (res.req.method === 'HEAD') return void res.end();

  async function* text() {
    try {
      for await (const line of lines) yield `${JSON.stringify(line)}\n`;
    } catch (error) {
      res.locals.problem = toProblem(error);
      throw error;
    }
  }
  // The log knows the reason; the caller can only be cut off.
  await pipeline(Readable.from(text()), res).catch(() => undefined);
}
