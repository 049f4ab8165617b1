import type { Watch } from '../http/request-timeout.ts';

/** The chunks of a body as they come. Leaving the loop cancels the request. */
export async function* chunksOf(body: ReadableStream<Uint8Array>, watch: Watch): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  // The watch rests while the caller has the chunk.
  const read = () => watch.during(() => reader.read());
  try {
    for (let next = await read(); !next.done; next = await read()) yield next.value;
  } finally {
    reader.cancel().catch(() => undefined);
  }
}
