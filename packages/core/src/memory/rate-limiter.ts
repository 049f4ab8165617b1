import type { RateLimiter, RateLimitName, RateLimitPolicy } from '../ports/rate-limiter.ts';

const WINDOW_SECONDS = 60;
const WINDOW_MS = WINDOW_SECONDS * 1000;

interface Window {
  used: number;
  endsAtMs: number;
}

/** Counts in memory, in fixed windows of a minute that begin with their first request. */
export function memoryRateLimiter(perMinute: Record<RateLimitName, number>, now: () => Date): RateLimiter {
  // Roughly sorted by their end: all are equally long, but the clock may change.
  const windows = new Map<string, Window>();
  const policyOf = (name: RateLimitName): RateLimitPolicy => ({
    quota: perMinute[name],
    windowSeconds: WINDOW_SECONDS,
  });

  return {
    policies: {
      address: policyOf('address'),
      refresh: policyOf('refresh'),
      email: policyOf('email'),
      user: policyOf('user'),
    },

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
