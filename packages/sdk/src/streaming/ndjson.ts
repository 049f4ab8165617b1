import { lineParser } from '@async-chatbot/shared/lines';
import type { RequestTimeout } from '../http/request-timeout.ts';
import { bodyChunks } from './body-chunks.ts';

/**
 * Yields the lines of an export as they arrive. Buffers one chunk and one line. Throws if the last line is not `end`. Leaving the
 * loop cancels the request.
 */
export async function* readNdjson(body: ReadableStream<Uint8Array>, timeout: RequestTimeout): AsyncGenerator<unknown> {
  const lines = lineParser();
  let last: unknown;
  try {
    for await (const chunk of bodyChunks(body, timeout)) {
      for (const line of lines.push(chunk)) {
        last = JSON.parse(line);
        yield last;
      }
    }
    lines.end();
    if (lines.rest() !== '' || !isEnd(last)) throw new SyntaxError('The last line is not `end`');
  } catch (cause) {
    timeout.fail(cause);
  }
}

const isEnd = (line: unknown): boolean => typeof line === 'object' && line !== null && 'end' in line;
