import type { Answer } from './answer.ts';
import type { Transport } from './mock-fault.ts';

/** Makes HTTP of an answer, which breaks off when the signal is aborted. */
export function respond(
  { status, headers, body, onEnd = () => undefined }: Answer,
  method: string,
  transport: Transport,
  signal: AbortSignal | undefined,
): Response {
  const length = typeof body === 'string' ? [['Content-Length', String(new TextEncoder().encode(body).length)]] : [];
  // The cast: these are pairs.
  const init = { status, headers: [...headers, ...length] as [string, string][] };
  if (method !== 'HEAD' && body !== '') return new Response(streamOf(bytesIn(body, transport), signal, onEnd), init);
  onEnd();
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

/** Asks for each piece when it is read, so that a test decides when the next one comes. */
function streamOf(
  pieces: AsyncGenerator<Uint8Array<ArrayBuffer>>,
  signal: AbortSignal | undefined,
  onEnd: () => void,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let isOver = false;
  let abort = () => {};

  function end(): void {
    isOver = true;
    signal?.removeEventListener('abort', abort);
    onEnd();
    // Not waited for: a generator that waits comes to its end only afterwards.
    pieces.return(undefined).catch(() => undefined);
  }

  return new ReadableStream(
    {
      start(controller) {
        abort = () => {
          controller.error(signal?.reason);
          end();
        };
        signal?.addEventListener('abort', abort);
        if (signal?.aborted) abort();
      },
      async pull(controller) {
        try {
          const { done, value } = await pieces.next();
          if (isOver) return;
          if (!done) return controller.enqueue(value);
          controller.close();
        } catch (error) {
          if (isOver) return;
          controller.error(error);
        }
        end();
      },
      cancel: end,
    },
    { highWaterMark: 0 },
  );
}
