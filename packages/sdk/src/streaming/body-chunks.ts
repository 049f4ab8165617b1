import type { RequestTimeout } from '../http/request-timeout.ts';

/** Yields the chunks of a body as they arrive. Leaving the loop cancels the request. */
export async function* bodyChunks(
  body: ReadableStream<Uint8Array>,
  timeout: RequestTimeout,
): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  // The timeout does not include the time that the loop spends on a chunk.
  const read = () => timeout.limit(() => reader.read());
  try {
    for (let next = await read(); !next.done; next = await read()) yield next.value;
  } finally {
    reader.cancel().catch(() => undefined);
  }
}
