import type { RateLimiter } from '@async-chatbot/core/ports/rate-limiter';
import { REQUESTS_PER_MINUTE, rateLimitPolicies, WINDOW_SECONDS } from '@async-chatbot/core/rate-limits';

/** A rate limiter with the server's default limits that never rejects a request. */
export function mockRateLimiter(): RateLimiter {
  const policies = rateLimitPolicies(REQUESTS_PER_MINUTE);
  return {
    policies,
    take: async ({ name }) => ({ isAllowed: true, remaining: policies[name].quota - 1, resetSeconds: WINDOW_SECONDS }),
  };
}
