import type { HttpResponse } from '@async-chatbot/core/http/handle';
import { bodyStream } from './body-stream.ts';
import type { Transport } from './mock-fault.ts';
import type { Received } from './received.ts';

/** Creates a `Response` whose body fails when the request is aborted. Calls `onEnd` when the body has ended. */
export function toResponse(
  { status, headers, body, heartbeat = '' }: HttpResponse,
  { method, signal }: Received,
  transport: Transport,
  onEnd: () => void,
): Response {
  const length: HttpResponse['headers'] =
    typeof body === 'string' && status !== 204
      ? [['Content-Length', String(new TextEncoder().encode(body).length)]]
      : [];
  const init = { status, headers: [...headers, ...length] };
  // A test may never read the body.
  if (typeof body === 'string' || method === 'HEAD') onEnd();
  if (method === 'HEAD' || body === '') return new Response(null, init);
  return new Response(bodyStream(chunksOf(body, transport), { heartbeat, onEnd, signal }), init);
}

/** Yields whole events or texts, unless the transport splits or cuts them. */
async function* chunksOf(
  body: string | AsyncIterable<string>,
  { cutAfterBytes = Number.POSITIVE_INFINITY, chunkBytes = Number.POSITIVE_INFINITY }: Transport,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let remaining = cutAfterBytes;
  for await (const part of typeof body === 'string' ? [body] : body) {
    const bytes = new TextEncoder().encode(part);
    for (let start = 0; start < bytes.length; start += chunkBytes) {
      const chunk = bytes.slice(start, start + Math.min(chunkBytes, remaining));
      remaining -= chunk.length;
      if (chunk.length > 0) yield chunk;
      if (remaining <= 0) throw new TypeError('terminated');
    }
  }
}
