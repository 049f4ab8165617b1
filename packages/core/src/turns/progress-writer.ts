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
 * Stores the progress of all runs of this process: at each tick, new chunks in one batch, and less often the text so far and a
 * longer lease. Stops the bots of replies that were cancelled, deleted or superseded.
 */
export interface ProgressWriter {
  /**
   * Stores the progress of a run until `end` is called, which waits for the write in progress and resolves to whether chunks may
   * be stored.
   */
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
  let tick = Promise.resolve();

  return {
    start(run, bot) {
      const tracked: TrackedRun = {
        ...bot,
        run,
        stored: 0,
        hasChunks: false,
        chunk: '',
        leaseStoredMs: Number.NEGATIVE_INFINITY,
        isStarted: false,
        hasChanged: true,
      };
      all.add(tracked);
      if (!isRunning) void writeUntilAllEnd();
      changes.notify();

      return {
        async end() {
          all.delete(tracked);
          changes.notify();
          await tick;
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
      if ([...all].some(hasNews)) {
        tick = write([...all]);
        await tick;
      } else if (all.size > 0) await change;
    }
    isRunning = false;
  }

  async function write(runs: TrackedRun[]): Promise<void> {
    const nowMs = performance.now();
    for (const tracked of runs) awaitChange(tracked);
    await Promise.allSettled([appendChunks(runs), stopEnded(runs)]);
    await Promise.allSettled(runs.filter(isLeaseDue).map((tracked) => extendLease(tracked, nowMs)));

    function isLeaseDue({ leaseStoredMs, stored, isStarted }: TrackedRun): boolean {
      return (stored > 0 && !isStarted) || nowMs - leaseStoredMs >= extendLeaseMs;
    }
  }

  /** Called before the run is read, so that no change is missed. */
  function awaitChange(tracked: TrackedRun): void {
    if (!tracked.hasChanged) return;
    tracked.hasChanged = false;
    void Promise.race([store.nextChange(tracked.run), tracked.progress.next()]).then(() => {
      tracked.hasChanged = true;
      changes.notify();
    });
  }

  async function appendChunks(runs: TrackedRun[]): Promise<void> {
    for (const tracked of runs)
      tracked.chunk ||= tracked.text().slice(tracked.stored, tracked.stored + MAX_CHUNK_CHARS);
    const written = runs.filter(({ chunk }) => chunk !== '');
    if (written.length === 0) return;
    for (const tracked of written) tracked.hasChunks = true;
    await store.appendChunks(written.map(({ run, stored, chunk }) => ({ run, position: stored, text: chunk })));
    for (const tracked of written) {
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
    if (isCurrent.status === 'rejected') return;
    if (!isCurrent.value) return stop('cancelled');
    tracked.leaseStoredMs = nowMs;
    tracked.isStarted = stored > 0;
  }
}

const hasNews = ({ hasChanged, text, stored }: TrackedRun): boolean => hasChanged || text().length > stored;
