/** A response that is longer than this breaks off. */
class ResponseTooLongError extends Error {
  override name = 'ResponseTooLongError';
  readonly code = 'too long';
}

/** The same response, whose body breaks off after so many bytes. */
export function boundedResponse(response: Response, maxBytes: number): Response {
  let bytes = 0;
  return observedResponse(response, (chunk) => {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new ResponseTooLongError();
  });
}

/** The same response; `onChunk` gets each chunk of its body first. */
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
