import { delay } from '@async-chatbot/shared/delay';
import type { Notifier } from '@async-chatbot/shared/notifier';
import { untilAborted } from '@async-chatbot/shared/until-aborted';
import type { GenerationRun, TurnStore } from '../ports/turn-store.ts';
import type { GenerationTimings } from './turn-timings.ts';

interface RunningBot {
  /** The text so far. */
  text: () => string;
  /** Notifies when there is new text. */
  progress: Notifier;
  stop: (reason: 'cancelled') => void;
}

interface StoreProgressDeps {
  store: TurnStore;
  /** Extends the conversation lock, if the run holds it. Never rejects. */
  extendLock: () => Promise<unknown>;
}

/**
 * Until the signal is aborted, stores new chunks and, less often, the text so far and a longer lease. Stops the bot
 * if the reply was cancelled, deleted or superseded. Failures are retried at the next tick; the end of the generation stores
 * the whole text. Resolves to the number of stored chunks.
 */
export async function storeProgress(
  run: GenerationRun,
  { text, progress, stop }: RunningBot,
  { store, extendLock }: StoreProgressDeps,
  { leaseMs, extendLeaseMs, tickMs }: GenerationTimings,
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
    // A failed chunk may have been stored and read by a server that polls, so the retry must not change it.
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
      if (isFirst || nowMs - leaseStoredMs >= extendLeaseMs) {
        // Servers that poll read chunks from here on, so the stored text must end at a chunk boundary.
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
