import { randomUUID } from 'node:crypto';
import type { RateLimiter, RateLimitKey, RateLimitName, RateLimitResult } from '../../src/ports/rate-limiter.ts';

export const PER_MINUTE: Record<RateLimitName, number> = { address: 20, refresh: 300, email: 5, account: 30, user: 5 };

/** A whole second, so that a window that begins then also ends on one. */
export const START_MS = Date.UTC(2026, 0, 2, 3, 4, 5);

/** Opens the limiter of another process, with the same counters. */
export type OpenRateLimiter = () => RateLimiter;

/** A key that no other test uses. */
export const newKey = (name: RateLimitName, operationId?: string): RateLimitKey => ({
  name,
  operationId,
  subject: `canary-${randomUUID()}`,
});

/** How many of this many concurrent requests are allowed. */
export async function allowedOf(times: number, take: (index: number) => Promise<RateLimitResult>): Promise<number> {
  const results = await Promise.all(Array.from({ length: times }, (_, index) => take(index)));
  return results.filter(({ isAllowed }) => isAllowed).length;
}
