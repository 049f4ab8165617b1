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
  /** Stores the progress of a run until `end` is called, which resolves when no write is in progress to whether there may be chunks. */
  start(run: GenerationRun, bot: RunningBot): { end: () => Promise<boolean> };
}

/** A run whose progress is being stored. */
interface Writing extends RunningBot {
  run: GenerationRun;
  /** The length of the stored text. */
  stored: number;
  /** Whether a chunk was sent to the store, which may have failed. */
  hasChunks: boolean;
  /** The text to be stored next. A failed chunk may have been stored and read, so a retry must not change it. */
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
  const all = new Set<Writing>();
  const changes = notifier();
  let isRunning = false;
  let tick = Promise.resolve();

  return {
    start(run, bot) {
      const writing: Writing = {
        ...bot,
        run,
        stored: 0,
        hasChunks: false,
        chunk: '',
        leaseStoredMs: Number.NEGATIVE_INFINITY,
        isStarted: false,
        hasChanged: true,
      };
      all.add(writing);
      if (!isRunning) void writeUntilAllEnd();
      changes.notify();

      return {
        async end() {
          all.delete(writing);
          changes.notify();
          await tick;
          return writing.hasChunks;
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

  async function write(runs: Writing[]): Promise<void> {
    const nowMs = performance.now();
    for (const writing of runs) watch(writing);
    await Promise.allSettled([appendChunks(runs), stopEnded(runs)]);
    await Promise.allSettled(runs.filter(isLeaseDue).map((writing) => extendLease(writing, nowMs)));

    function isLeaseDue({ leaseStoredMs, stored, isStarted }: Writing): boolean {
      return (stored > 0 && !isStarted) || nowMs - leaseStoredMs >= extendLeaseMs;
    }
  }

  /** Before the run is read, so that no change is missed. */
  function watch(writing: Writing): void {
    if (!writing.hasChanged) return;
    writing.hasChanged = false;
    void Promise.race([store.nextChange(writing.run), writing.progress.next()]).then(() => {
      writing.hasChanged = true;
      changes.notify();
    });
  }

  async function appendChunks(runs: Writing[]): Promise<void> {
    for (const writing of runs)
      writing.chunk ||= writing.text().slice(writing.stored, writing.stored + MAX_CHUNK_CHARS);
    const written = runs.filter(({ chunk }) => chunk !== '');
    if (written.length === 0) return;
    for (const writing of written) writing.hasChunks = true;
    await store.appendChunks(written.map(({ run, stored, chunk }) => ({ run, position: stored, text: chunk })));
    for (const writing of written) {
      writing.stored += writing.chunk.length;
      writing.chunk = '';
    }
  }

  async function stopEnded(runs: Writing[]): Promise<void> {
    const ended = new Set(await store.endedRuns(runs.map(({ run }) => run)));
    for (const { run, stop } of runs) if (ended.has(run)) stop('cancelled');
  }

  async function extendLease(writing: Writing, nowMs: number): Promise<void> {
    const { run, lock, text, stored, stop } = writing;
    // Waits for both even if one fails, since a lock that is extended after the end would stay.
    const [isCurrent] = await Promise.allSettled([
      // Servers that poll read chunks from here on, so the stored text must end at a chunk boundary.
      store.extendLease(run, text().slice(0, stored), leaseMs),
      lock && store.lock(lock, leaseMs),
    ]);
    if (isCurrent.status === 'rejected') return;
    if (!isCurrent.value) return stop('cancelled');
    writing.leaseStoredMs = nowMs;
    writing.isStarted = stored > 0;
  }
}

const hasNews = ({ hasChanged, text, stored }: Writing): boolean => hasChanged || text().length > stored;
