/** Resolves after `ms` milliseconds: at once if 0 or less, never if infinite. Rejects with the signal's reason on abort. */
export function delay(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = ms > 0 && Number.isFinite(ms) ? setTimeout(settle, ms) : undefined;
    signal?.addEventListener('abort', settle);
    if (signal?.aborted || ms <= 0) settle();

    function settle(): void {
      clearTimeout(timer);
      signal?.removeEventListener('abort', settle);
      if (signal?.aborted) reject(signal.reason);
      else resolve();
    }
  });
}
