import type { Answer } from './answer.ts';
import { bodyStream } from './body-stream.ts';
import type { Transport } from './mock-fault.ts';

/** Makes HTTP of an answer, which breaks off when the signal is aborted. */
export function respond(
  { status, headers, body, heartbeat = '', onEnd }: Answer,
  method: string,
  transport: Transport,
  signal: AbortSignal | undefined,
): Response {
  const length = typeof body === 'string' ? [['Content-Length', String(new TextEncoder().encode(body).length)]] : [];
  // The cast: these are pairs.
  const init = { status, headers: [...headers, ...length] as [string, string][] };
  if (method !== 'HEAD' && body !== '')
    return new Response(bodyStream(bytesIn(body, transport), { heartbeat, onEnd, signal }), init);
  onEnd?.();
  return new Response(null, init);
}

/** Whole events and texts, unless the transport is bad. */
async function* bytesIn(
  body: string | AsyncIterable<string>,
  { cutAfterBytes = Number.POSITIVE_INFINITY, chunkBytes = Number.POSITIVE_INFINITY }: Transport,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let left = cutAfterBytes;
  for await (const part of typeof body === 'string' ? [body] : body) {
    const bytes = new TextEncoder().encode(part);
    for (let start = 0; start < bytes.length; start += chunkBytes) {
      const chunk = bytes.slice(start, start + Math.min(chunkBytes, left));
      left -= chunk.length;
      if (chunk.length > 0) yield chunk;
      if (left <= 0) throw new TypeError('terminated');
    }
  }
}
