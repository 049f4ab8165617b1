import type { RateLimiter } from '@async-chatbot/core/ports/rate-limiter';

const WINDOW_SECONDS = 60;

/** A rate limiter with the server's default limits that never rejects a request. */
export function mockRateLimiter(): RateLimiter {
  const policies = {
    address: { quota: 20, windowSeconds: WINDOW_SECONDS },
    refresh: { quota: 300, windowSeconds: WINDOW_SECONDS },
    email: { quota: 5, windowSeconds: WINDOW_SECONDS },
    user: { quota: 10, windowSeconds: WINDOW_SECONDS },
  };
  return {
    policies,
    take: async ({ name }) => ({ isAllowed: true, remaining: policies[name].quota - 1, resetSeconds: WINDOW_SECONDS }),
  };
}
