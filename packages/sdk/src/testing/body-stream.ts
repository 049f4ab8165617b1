import { HEARTBEAT_MS } from '@async-chatbot/shared/event-stream';

interface BodyStreamOptions {
  /** Sent while the body is silent. */
  heartbeat: string;
  /** Called once when the body is over or its reader has left. */
  onEnd: () => void;
  signal: AbortSignal | undefined;
}

/** A body that asks for each piece when it is read, so that a test decides when the next one comes. */
export function bodyStream(
  pieces: AsyncGenerator<Uint8Array<ArrayBuffer>>,
  { heartbeat, onEnd, signal }: BodyStreamOptions,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let isOver = false;
  let abort = () => {};
  let heart: ReturnType<typeof setInterval> | undefined;

  function end(): void {
    isOver = true;
    clearInterval(heart);
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
        const beat = () => {
          // One that nobody has read is enough.
          if (controller.desiredSize === 0) controller.enqueue(new TextEncoder().encode(heartbeat));
        };
        if (heartbeat) heart = setInterval(beat, HEARTBEAT_MS);
        try {
          const { done, value } = await pieces.next();
          if (isOver) return;
          clearInterval(heart);
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
