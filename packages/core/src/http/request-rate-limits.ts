import { Problem } from '@async-chatbot/shared/problem';
import { type RateLimitState, rateLimitHeaders } from '@async-chatbot/shared/rate-limit-headers';
import type { RateLimiter, RateLimitKey, RateLimitName } from '../ports/rate-limiter.ts';
import { addressKey } from './address-key.ts';

/** The rate limits of one request. */
export interface RequestRateLimits {
  /** Counts the request for its address. Throws `too-many-requests`. */
  takeAddress(address: string | undefined): Promise<void>;
  /**
   * Counts the request for the email in its body and for its user. Throws `too-many-requests`. Comes after `takeAddress`: an
   * address over its own limit must not use up the limit of another user's email.
   */
  takeAccount(account: { email: string | undefined; userId: string | undefined }): Promise<void>;
  /** Empty before the request is counted. */
  headers(): Record<string, string>;
}

export function requestRateLimits(
  limiter: RateLimiter,
  operationId: string,
  names: readonly RateLimitName[],
): RequestRateLimits {
  const { policies } = limiter;
  const limits = names.map((name): NamedState => ({ name, ...policies[name] }));

  return {
    // All operations share the limit of an address.
    async takeAddress(address) {
      for (const limit of limits)
        if (OF_ADDRESS.has(limit.name)) await take(limit, { name: limit.name, subject: addressKey(address) });
    },

    // A request without an email or user is counted under the empty subject: no rate limit fails open.
    async takeAccount({ email = '', userId = '' }) {
      for (const limit of limits) {
        const subject = limit.name === 'user' ? userId : email.toLowerCase();
        if (!OF_ADDRESS.has(limit.name)) await take(limit, { name: limit.name, operationId, subject });
      }
    },

    headers,
  };

  async function take(limit: NamedState, key: RateLimitKey): Promise<void> {
    const { isAllowed, remaining, resetSeconds } = await limiter.take(key);
    Object.assign(limit, { remaining, resetSeconds });
    if (isAllowed) return;
    throw new Problem('too-many-requests', { headers: { ...headers(), 'Retry-After': `${resetSeconds}` } });
  }

  function headers(): Record<string, string> {
    return limits.some(({ remaining }) => remaining !== undefined) ? rateLimitHeaders(limits) : {};
  }
}

const OF_ADDRESS: ReadonlySet<RateLimitName> = new Set(['address', 'refresh']);

interface NamedState extends RateLimitState {
  name: RateLimitName;
}
