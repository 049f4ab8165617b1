import type { RateLimitName, RateLimitPolicy } from './ports/rate-limiter.ts';

export const WINDOW_SECONDS = 60;

/** The default quotas. */
export const REQUESTS_PER_MINUTE: Record<RateLimitName, number> = {
  address: 20,
  refresh: 300,
  /** For one email from one IP address, so that no client can use up all attempts for an account. */
  email: 5,
  /** For one email from all IP addresses together. */
  account: 30,
  user: 10,
};

/** Whether a limit applies to a network address and is shared by all its operations, or to an account and one operation. */
export const isAddressLimit = (name: RateLimitName): name is 'address' | 'refresh' =>
  name === 'address' || name === 'refresh';

export function rateLimitPolicies(perMinute: Record<RateLimitName, number>): Record<RateLimitName, RateLimitPolicy> {
  const policyOf = (quota: number): RateLimitPolicy => ({ quota, windowSeconds: WINDOW_SECONDS });
  return {
    address: policyOf(perMinute.address),
    refresh: policyOf(perMinute.refresh),
    email: policyOf(perMinute.email),
    account: policyOf(perMinute.account),
    user: policyOf(perMinute.user),
  };
}
