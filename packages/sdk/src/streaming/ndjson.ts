import { lineParser } from '@async-chatbot/shared/lines';
import type { RequestTimeout } from '../http/request-timeout.ts';
import { bodyChunks } from './body-chunks.ts';

/**
 * Yields the values of newline-delimited JSON as they arrive. Buffers one chunk and one line. Throws if the body is empty or its
 * last line is incomplete. Leaving the loop cancels the request.
 */
export async function* readNdjson(body: ReadableStream<Uint8Array>, timeout: RequestTimeout): AsyncGenerator<unknown> {
  const lines = lineParser();
  let count = 0;
  try {
    for await (const chunk of bodyChunks(body, timeout)) {
      for (const line of lines.push(chunk)) {
        yield JSON.parse(line);
        count += 1;
      }
    }
    lines.end();
    if (lines.rest() !== '' || count === 0) throw new SyntaxError('The last line is incomplete');
  } catch (cause) {
    timeout.fail(cause);
  }
}
