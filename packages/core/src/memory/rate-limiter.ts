import type { RateLimiter, RateLimitName, RateLimitPolicy } from '../ports/rate-limiter.ts';

const WINDOW_SECONDS = 60;
const WINDOW_MS = WINDOW_SECONDS * 1000;

interface Window {
  used: number;
  endsAtMs: number;
}

/** Counts in memory. A window begins with the first request that it counts. */
export function memoryRateLimiter(perMinute: Record<RateLimitName, number>, now: () => Date): RateLimiter {
  // Roughly in the order in which they end: all last equally long, but the clock may be set.
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

  /** Stops at the first window that is still open, so that a request costs little. */
  function deleteEnded(nowMs: number): void {
    for (const [key, { endsAtMs }] of windows) {
      if (endsAtMs > nowMs) return;
      windows.delete(key);
    }
  }
}
