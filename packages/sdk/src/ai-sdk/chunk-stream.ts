import { unlessAborted } from '../http/unless-aborted.ts';

/**
 * Resolves to a stream of chunks once the first chunk arrives. Cancelling the stream or aborting the signal calls `leave`, but
 * only after the first chunk: a message on its way to the server must arrive.
 */
export async function chunkStream<Chunk>(
  chunks: AsyncGenerator<Chunk, void>,
  leave: () => void,
  signal = new AbortController().signal,
): Promise<ReadableStream<Chunk>> {
  const first = chunks.next();
  let next: typeof first | undefined = first;

  async function detach(): Promise<void> {
    await first.catch(() => undefined);
    leave();
    // Rejects with the reason of `leave` if the next chunk is pending.
    await chunks.return().catch(() => undefined);
  }

  signal.addEventListener('abort', () => void detach(), { once: true });
  if (signal.aborted) void detach();
  await unlessAborted(first, signal);
  // No read-ahead: an error would discard the chunks in the queue.
  return new ReadableStream<Chunk>(
    {
      async pull(controller) {
        const { done, value } = await (next ?? chunks.next());
        next = undefined;
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: detach,
    },
    { highWaterMark: 0 },
  );
}
