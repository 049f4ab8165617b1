import { delay } from '@async-chatbot/shared/delay';
import type { Notifier } from '@async-chatbot/shared/notifier';
import { untilAborted } from '@async-chatbot/shared/until-aborted';
import type { GenerationRun, TurnStore } from '../ports/turn-store.ts';
import type { GenerationTimings } from './turn-timings.ts';

interface RunningBot {
  /** The text so far. */
  text: () => string;
  /** Notifies of new text. */
  progress: Notifier;
  stop: (reason: 'cancelled') => void;
}

interface StoreProgressDeps {
  store: TurnStore;
  /** Extends the conversation lock, if the run holds it. Never rejects. */
  extendLock: () => Promise<unknown>;
}

/**
 * Stores new chunks and, as a heartbeat, the text with a longer lease, until the signal is aborted. Stops the bot when the
 * reply was cancelled, deleted or superseded. What fails is retried at the next tick; the end of the generation stores
 * all of the text. Resolves to the number of chunks.
 */
export async function storeProgress(
  run: GenerationRun,
  { text, progress, stop }: RunningBot,
  { store, extendLock }: StoreProgressDeps,
  { leaseMs, heartbeatMs, tickMs }: GenerationTimings,
  generated: AbortSignal,
): Promise<number> {
  const { run: runNumber } = run;
  let leaseStoredMs = Number.NEGATIVE_INFINITY;
  let appended = 0;
  let chunks = 0;
  let chunk = '';
  let change = store.nextChange(run);
  for (;;) {
    await delay(tickMs, generated).catch(() => undefined);
    if (text().length === appended) await untilAborted(Promise.race([change, progress.next()]), generated);
    if (generated.aborted) return chunks;
    change = store.nextChange(run);
    // A chunk that may have been stored is repeated as it was, since a server that polls may have read it.
    chunk ||= text().slice(appended);
    const nowMs = performance.now();
    try {
      if (chunk) {
        await store.appendChunk(run, appended, chunk);
        chunks += 1;
        appended += chunk.length;
      }
      const isFirst = chunk !== '' && appended === chunk.length;
      chunk = '';
      if (isFirst || nowMs - leaseStoredMs >= heartbeatMs) {
        // Servers that poll continue from here, so the stored text ends where a chunk ends.
        const [isCurrent] = await Promise.all([
          store.extendLease(run, text().slice(0, appended), leaseMs),
          extendLock(),
        ]);
        if (isCurrent) leaseStoredMs = nowMs;
        else stop('cancelled');
      } else {
        const reply = await store.getReply(run);
        if (!reply || reply.run !== runNumber || reply.isCancelled) stop('cancelled');
      }
    } catch {}
  }
}
