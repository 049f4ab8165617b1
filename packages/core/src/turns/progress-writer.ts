import { delay } from '@async-chatbot/shared/delay';
import { type Notifier, notifier } from '@async-chatbot/shared/notifier';
import type { GenerationRun, LockKey, TurnStore } from '../ports/turn-store.ts';
import type { GenerationTimings } from './turn-timings.ts';

interface RunningBot {
  /** The lock that the run holds, if any. */
  lock?: LockKey | undefined;
  /** The text so far. */
  text: () => string;
  /** Notifies when there is new text. */
  progress: Notifier;
  stop: (reason: 'cancelled') => void;
}

/**
 * Stores the progress of all runs of this process: at each tick, new chunks in one call, and less often the text so far and a
 * longer lease. Stops the bots of replies that were cancelled, deleted or superseded.
 */
export interface ProgressWriter {
  /** Stores the progress of a run until `end`, which waits for its writes and resolves to whether chunks may be stored. */
  start(run: GenerationRun, bot: RunningBot): { end: () => Promise<boolean> };
}

/** A run whose progress is being stored. */
interface TrackedRun extends RunningBot {
  run: GenerationRun;
  /** The length of the stored text. */
  stored: number;
  /** Whether a chunk was sent to the store, even if that failed. */
  hasChunks: boolean;
  /** The next text to store. A chunk that failed may have been stored and read, so a retry must not change it. */
  chunk: string;
  leaseStoredMs: number;
  /** Whether the lease was extended since the first chunk was stored. */
  isStarted: boolean;
  hasChanged: boolean;
  appending?: Promise<unknown>;
  extending?: Promise<void> | undefined;
}

/** Limits a chunk so that a batch of them stays below DynamoDB's limits of 400 KB and 16 MB. */
const MAX_CHUNK_CHARS = 50_000;

/** Failures are retried at the next tick, and the end of a generation stores the whole text, so errors are ignored. */
export function progressWriter(
  store: TurnStore,
  { leaseMs, extendLeaseMs, tickMs }: GenerationTimings,
): ProgressWriter {
  const all = new Set<TrackedRun>();
  const changes = notifier();
  let isRunning = false;

  return {
    start(run, bot) {
      const initial = { stored: 0, hasChunks: false, chunk: '', isStarted: false, hasChanged: true };
      const tracked: TrackedRun = { ...bot, run, ...initial, leaseStoredMs: Number.NEGATIVE_INFINITY };
      all.add(tracked);
      if (!isRunning) void writeUntilAllEnd();
      changes.notify();

      return {
        async end() {
          all.delete(tracked);
          changes.notify();
          await Promise.allSettled([tracked.appending, tracked.extending]);
          return tracked.hasChunks;
        },
      };
    },
  };

  async function writeUntilAllEnd(): Promise<void> {
    isRunning = true;
    while (all.size > 0) {
      await delay(tickMs);
      const change = changes.next();
      if ([...all].some(hasNews)) await write([...all]);
      else if (all.size > 0) await change;
    }
    isRunning = false;
  }

  async function write(runs: TrackedRun[]): Promise<void> {
    const nowMs = performance.now();
    for (const tracked of runs) awaitChange(tracked);
    await Promise.allSettled([appendChunks(runs), stopEnded(runs)]);
    for (const tracked of runs) {
      const { stored, isStarted, leaseStoredMs, extending } = tracked;
      const isDue = (stored > 0 && !isStarted) || nowMs - leaseStoredMs >= extendLeaseMs;
      // Not awaited, so that a slow write delays no other run.
      if (all.has(tracked) && isDue && !extending) tracked.extending = extendLease(tracked, nowMs);
    }
  }

  /** Before the run is read, so that no change is missed. */
  function awaitChange(tracked: TrackedRun): void {
    if (!tracked.hasChanged) return;
    tracked.hasChanged = false;
    void Promise.race([store.nextChange(tracked.run), tracked.progress.next()]).then(() => {
      tracked.hasChanged = true;
      changes.notify();
    });
  }

  async function appendChunks(runs: TrackedRun[]): Promise<void> {
    for (const tracked of runs) tracked.chunk ||= nextChunk(tracked);
    const written = runs.filter(({ chunk }) => chunk !== '');
    if (written.length === 0) return;
    const appending = store.appendChunks(
      written.map(({ run, stored, chunk }) => ({ run, position: stored, text: chunk })),
    );
    for (const tracked of written) Object.assign(tracked, { appending, hasChunks: true });
    const runsStored = new Set((await appending).map(({ run }) => run));
    for (const tracked of written.filter(({ run }) => runsStored.has(run))) {
      tracked.stored += tracked.chunk.length;
      tracked.chunk = '';
    }
  }

  async function stopEnded(runs: TrackedRun[]): Promise<void> {
    const ended = new Set(await store.endedRuns(runs.map(({ run }) => run)));
    for (const { run, stop } of runs) if (ended.has(run)) stop('cancelled');
  }

  async function extendLease(tracked: TrackedRun, nowMs: number): Promise<void> {
    const { run, lock, text, stored, stop } = tracked;
    // Waits for both even if one fails, since a lock that is extended after the end would stay.
    const [isCurrent] = await Promise.allSettled([
      // Servers that poll read chunks from here on, so the stored text must end at a chunk boundary.
      store.extendLease(run, text().slice(0, stored), leaseMs),
      lock && store.lock(lock, leaseMs),
    ]);
    tracked.extending = undefined;
    if (isCurrent.status === 'rejected') return;
    if (!isCurrent.value) return stop('cancelled');
    tracked.leaseStoredMs = nowMs;
    tracked.isStarted = stored > 0;
  }
}

const hasNews = ({ hasChanged, text, stored }: TrackedRun): boolean => hasChanged || text().length > stored;

/** The text after the stored one, up to the limit, but not half of a character. */
function nextChunk({ text, stored }: TrackedRun): string {
  const chunk = text().slice(stored, stored + MAX_CHUNK_CHARS);
  return chunk.length < MAX_CHUNK_CHARS ? chunk : chunk.replace(/[\uD800-\uDBFF]$/, '');
}
