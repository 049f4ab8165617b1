import { lineParser } from '@async-chatbot/shared/lines';
import type { Watch } from '../http/request-timeout.ts';
import { chunksOf } from './body-chunks.ts';

/**
 * The value of each line of newline-delimited JSON, as it comes; no more than a chunk and a line is held. What does not
 * end with a whole line is lost, an empty body too. Leaving the loop cancels the request.
 */
export async function* readLines(body: ReadableStream<Uint8Array>, watch: Watch): AsyncGenerator<unknown> {
  const lines = lineParser();
  let count = 0;
  try {
    for await (const chunk of chunksOf(body, watch)) {
      for (const line of lines.push(chunk)) {
        yield JSON.parse(line);
        count += 1;
      }
    }
    lines.end();
    if (lines.rest() !== '' || count === 0) throw new SyntaxError('The last line has no end');
  } catch (cause) {
    watch.lost(cause);
  }
}
