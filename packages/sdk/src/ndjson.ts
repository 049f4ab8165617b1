/** Throws what a call is told when its answer did not come or broke off. */
export type Lost = (cause: unknown) => never;

/**
 * The value of each line of newline-delimited JSON, as it comes; no more than a chunk and a line is held. What does not
 * end with a whole line is `lost`, an empty body too. Leaving the loop cancels the request.
 */
export async function* readLines(body: ReadableStream<Uint8Array>, lost: Lost): AsyncGenerator<unknown> {
  const reader = body.getReader();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  let count = 0;
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      const [end, ...starts] = decoder.decode(read.value, { stream: true }).split('\n');
      rest += end;
      for (const start of starts) {
        yield JSON.parse(rest);
        rest = start;
        count += 1;
      }
    }
    // Throws amid a character.
    decoder.decode();
    if (rest !== '' || count === 0) throw new SyntaxError('The last line has no end');
  } catch (cause) {
    lost(cause);
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
