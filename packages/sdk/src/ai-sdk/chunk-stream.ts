import { unlessAborted } from '../unless-aborted.ts';

/**
 * A stream of what is iterated, from its first item on. Cancelling the stream or aborting the signal leaves the iteration
 * through `leave`, but not before the first item: a message on its way to the server must arrive.
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
    // It rejects with the reason of `leave` where the iteration waits for more.
    await chunks.return().catch(() => undefined);
  }

  signal.addEventListener('abort', () => void detach(), { once: true });
  if (signal.aborted) void detach();
  await unlessAborted(first, signal);
  // Nothing is read ahead: an error would discard the chunks that wait in the stream.
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
