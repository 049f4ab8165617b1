import { unlessAborted } from './unless-aborted.ts';

const MAX_DELAY_MS = 60_000;

/** Waits, but for a minute at most. Rejects with the signal's reason as soon as it is aborted. */
export function delay(ms: number, signal: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout>;
  const elapsed = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.min(ms, MAX_DELAY_MS));
  });
  return unlessAborted(elapsed, signal).finally(() => clearTimeout(timer));
}

/** Exponential backoff with full jitter: up to 500 ms, doubled for each failure, and 8 s at most. */
export function backoffMs(failures: number): number {
  return Math.random() * Math.min(8000, 500 * 2 ** failures);
}
