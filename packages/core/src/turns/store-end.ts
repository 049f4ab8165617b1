import { delay } from '@async-chatbot/shared/delay';
import { Problem } from '@async-chatbot/shared/problem';
import type { Message } from '../ports/message.ts';
import type { GenerationEnd, GenerationRun, TurnStore } from '../ports/turn-store.ts';

const FIRST_BACKOFF_MS = 100;
const MAX_BACKOFF_MS = 2000;

/**
 * Stores how a generation ended. While the store is unavailable, retries for as long as a lease; later, the reply reads as
 * interrupted. Undefined if the reply was deleted or the run superseded.
 */
export async function storeEnd(
  run: GenerationRun,
  end: GenerationEnd,
  store: TurnStore,
  leaseMs: number,
): Promise<Message | undefined> {
  const startedAtMs = Date.now();
  for (let backoffMs = FIRST_BACKOFF_MS; ; backoffMs = Math.min(backoffMs * 2, MAX_BACKOFF_MS)) {
    try {
      return await store.finishReply(run, end);
    } catch (error) {
      const isUnavailable = error instanceof Problem && error.code === 'service-unavailable';
      if (!isUnavailable || Date.now() + backoffMs - startedAtMs > leaseMs) throw error;
    }
    // With jitter, so that replies that end during an outage are not all stored at its end.
    await delay((backoffMs * (1 + Math.random())) / 2);
  }
}
