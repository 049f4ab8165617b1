import { backoffMs } from '@async-chatbot/shared/backoff';
import { delay } from '@async-chatbot/shared/delay';
import { Problem } from '@async-chatbot/shared/problem';
import type { Message } from '../ports/message.ts';
import type { GenerationEnd, GenerationRun, TurnStore } from '../ports/turn-store.ts';

const BACKOFF = { firstMs: 100, maxMs: 2000 };

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
  for (let attempt = 0; ; attempt += 1) {
    const backoff = backoffMs(attempt, BACKOFF);
    try {
      return await store.finishReply(run, end);
    } catch (error) {
      const isUnavailable = error instanceof Problem && error.code === 'service-unavailable';
      if (!isUnavailable || Date.now() + backoff - startedAtMs > leaseMs) throw error;
    }
    await delay(backoff);
  }
}
