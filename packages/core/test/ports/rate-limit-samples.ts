import { randomUUID } from 'node:crypto';
import type { RateLimiter, RateLimitKey, RateLimitName, RateLimitResult } from '../../src/ports/rate-limiter.ts';

export const PER_MINUTE: Record<RateLimitName, number> = { address: 20, refresh: 300, email: 5, user: 5 };

/** A whole second, so that a window that begins there ends on one too. */
export const START_MS = Date.UTC(2026, 0, 2, 3, 4, 5);

/** The limiter of one more process that counts in the same place. */
export type OpenRateLimiter = () => RateLimiter;

/** A key that no other test uses. */
export const newKey = (name: RateLimitName, operationId?: string): RateLimitKey => ({
  name,
  operationId,
  subject: `canary-${randomUUID()}`,
});

/** How many of as many requests at once are allowed. */
export async function allowedOf(times: number, take: (index: number) => Promise<RateLimitResult>): Promise<number> {
  const results = await Promise.all(Array.from({ length: times }, (_, index) => take(index)));
  return results.filter(({ isAllowed }) => isAllowed).length;
}
