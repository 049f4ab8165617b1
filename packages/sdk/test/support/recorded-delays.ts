import { vi } from 'vitest';

/** Records the delays before retries, in milliseconds, and skips them. */
export function recordedDelays(): number[] {
  const { setTimeout } = globalThis;
  const seen: number[] = [];
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(((act: () => void, ms = 0) => {
    // The `fetch` of Node.js has timers of its own.
    const isDelay = new Error().stack?.includes('/src/http/delay.ts');
    if (isDelay) seen.push(ms);
    return setTimeout(act, isDelay ? 0 : ms);
    // The cast: the type of `setTimeout` has `__promisify__`, which no test needs.
  }) as typeof setTimeout);
  return seen;
}
