import { unlessAborted } from './unless-aborted.ts';

const MAX_DELAY_MS = 60_000;

/** Waits for `ms`, but at most 60 seconds. Rejects with the reason of the signal when it aborts. */
export function delay(ms: number, signal: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout>;
  const elapsed = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.min(ms, MAX_DELAY_MS));
  });
  return unlessAborted(elapsed, signal).finally(() => clearTimeout(timer));
}

/** Exponential backoff with full jitter: up to 500 ms, doubled for each failure, at most 8 s. */
export function backoffMs(failures: number): number {
  return Math.random() * Math.min(8000, 500 * 2 ** failures);
}
