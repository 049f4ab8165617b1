const MAX_PAUSE_MS = 60_000;

/** Waits, a minute at the most, or rejects with the signal's reason as soon as that is aborted. */
export function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(settle, Math.min(ms, MAX_PAUSE_MS));
    signal?.addEventListener('abort', settle);
    if (signal?.aborted) settle();

    function settle(): void {
      clearTimeout(timer);
      signal?.removeEventListener('abort', settle);
      if (signal?.aborted) reject(signal.reason);
      else resolve();
    }
  });
}

/** How long to wait after so many attempts: any time up to half a second, doubled for each before, up to 8 s. */
export function backoffMs(attempts: number): number {
  return Math.random() * Math.min(8000, 500 * 2 ** attempts);
}
