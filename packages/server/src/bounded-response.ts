class ResponseTooLongError extends Error {
  override name = 'ResponseTooLongError';
  readonly code = 'too long';
}

/** Wraps a response so that its body fails after `maxBytes`. */
export function boundedResponse(response: Response, maxBytes: number): Response {
  let bytes = 0;
  return observedResponse(response, (chunk) => {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new ResponseTooLongError();
  });
}

/** Wraps a response to call `onChunk` with each chunk of its body. An error it throws fails the body. */
export function observedResponse(response: Response, onChunk: (chunk: Uint8Array) => void): Response {
  const through = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      onChunk(chunk);
      controller.enqueue(chunk);
    },
  });
  return new Response(response.body?.pipeThrough(through), {
    status: response.status,
    statusText: response.statusText,
    headers: [...response.headers],
  });
}
