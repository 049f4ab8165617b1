import { HEARTBEAT_MS } from '@async-chatbot/shared/event-stream';

interface BodyStreamOptions {
  /** Sent at intervals while there are no chunks; empty for none. */
  heartbeat: string;
  /** Called once when the body has ended or been cancelled. */
  onEnd: () => void;
  signal: AbortSignal | undefined;
}

/** Creates a body that pulls a chunk only when it is read, so that a test decides when the next one is produced. */
export function bodyStream(
  chunks: AsyncGenerator<Uint8Array<ArrayBuffer>>,
  { heartbeat, onEnd, signal }: BodyStreamOptions,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let hasEnded = false;
  let abort = () => {};
  let heartbeatTimer: ReturnType<typeof setInterval> | undefined;

  function end(): void {
    hasEnded = true;
    clearInterval(heartbeatTimer);
    signal?.removeEventListener('abort', abort);
    onEnd();
    // Not awaited: the generator returns only after its pending `await`.
    chunks.return(undefined).catch(() => undefined);
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
        const sendHeartbeat = () => {
          // At most one unread heartbeat.
          if (controller.desiredSize === 0) controller.enqueue(new TextEncoder().encode(heartbeat));
        };
        if (heartbeat) heartbeatTimer = setInterval(sendHeartbeat, HEARTBEAT_MS);
        try {
          const { done, value } = await chunks.next();
          if (hasEnded) return;
          clearInterval(heartbeatTimer);
          if (!done) return controller.enqueue(value);
          controller.close();
        } catch (error) {
          if (hasEnded) return;
          controller.error(error);
        }
        end();
      },
      cancel: end,
    },
    { highWaterMark: 0 },
  );
}
