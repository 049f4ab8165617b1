/** `fetch` that follows no redirect, and whose answers break off with an error once they are longer than this. */
export function boundedFetch(maxBytes: number): typeof fetch {
  return async (input, init) => {
    // Whoever can redirect would get the key and what people say.
    const answer = await fetch(input, { ...init, redirect: 'error' });
    return new Response(answer.body?.pipeThrough(atMost(maxBytes)), answer);
  };
}

function atMost(maxBytes: number): TransformStream<Uint8Array, Uint8Array> {
  let bytes = 0;
  return new TransformStream({
    transform(chunk, controller) {
      bytes += chunk.length;
      if (bytes > maxBytes) controller.error(new AnswerTooLongError());
      else controller.enqueue(chunk);
    },
  });
}

class AnswerTooLongError extends Error {
  override name = 'AnswerTooLongError';
  readonly code = 'too long';
}
