import { unlessAborted } from './unless-aborted.ts';

const MAX_PAUSE_MS = 60_000;

/** Waits, a minute at the most, or rejects with the signal's reason as soon as that is aborted. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout>;
  const waited = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.min(ms, MAX_PAUSE_MS));
  });
  return unlessAborted(waited, signal).finally(() => clearTimeout(timer));
}

/** How long to wait after so many failures: any time up to half a second, doubled for each before, up to 8 s. */
export function backoffMs(failures: number): number {
  return Math.random() * Math.min(8000, 500 * 2 ** failures);
}
