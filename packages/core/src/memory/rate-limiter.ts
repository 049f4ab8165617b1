import type { RateLimiter, RateLimitName } from '../ports/rate-limiter.ts';
import { rateLimitPolicies, WINDOW_SECONDS } from '../rate-limits.ts';

const WINDOW_MS = WINDOW_SECONDS * 1000;

interface Window {
  used: number;
  endsAtMs: number;
}

/** Counts in memory, in fixed windows of a minute that begin with their first request. */
export function memoryRateLimiter(perMinute: Record<RateLimitName, number>, now: () => Date): RateLimiter {
  // Roughly sorted by their end: all are equally long, but the clock may change.
  const windows = new Map<string, Window>();

  return {
    policies: rateLimitPolicies(perMinute),

    async take({ name, operationId, subject }) {
      const nowMs = now().getTime();
      deleteEnded(nowMs);
      const key = JSON.stringify([name, operationId, subject]);
      const window = current(key, nowMs);
      window.used += 1;
      const waitSeconds = Math.ceil((window.endsAtMs - nowMs) / 1000);
      return {
        isAllowed: window.used <= perMinute[name],
        remaining: Math.max(perMinute[name] - window.used, 0),
        resetSeconds: Math.min(waitSeconds, WINDOW_SECONDS),
      };
    },
  };

  function current(key: string, nowMs: number): Window {
    const found = windows.get(key);
    if (found && found.endsAtMs > nowMs) return found;
    const window = { used: 0, endsAtMs: nowMs + WINDOW_MS };
    windows.delete(key);
    windows.set(key, window);
    return window;
  }

  /** Stops at the first open window, to keep the cost per request low. */
  function deleteEnded(nowMs: number): void {
    for (const [key, { endsAtMs }] of windows) {
      if (endsAtMs > nowMs) return;
      windows.delete(key);
    }
  }
}
