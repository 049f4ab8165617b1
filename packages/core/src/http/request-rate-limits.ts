import { Problem } from '@async-chatbot/shared/problem';
import { type RateLimitState, rateLimitHeaders } from '@async-chatbot/shared/rate-limit-headers';
import type { RateLimiter, RateLimitKey, RateLimitName } from '../ports/rate-limiter.ts';
import { isAddressLimit } from '../rate-limits.ts';
import { addressKey } from './address-key.ts';

/** The rate limits that apply to one request. */
export interface RequestRateLimits {
  /** Counts the request against its address. Throws `too-many-requests`. */
  takeAddress(address: string | undefined): Promise<void>;
  /**
   * Counts the request against the email in its body and against its user. Throws `too-many-requests`. Call it after
   * `takeAddress`: an address over its limit must not use up the limit of someone else's account.
   */
  takeAccount(account: { email: string | undefined; userId: string | undefined }): Promise<void>;
  /** Rate limit headers; empty before the request is counted. */
  headers(): Record<string, string>;
}

export function requestRateLimits(
  limiter: RateLimiter,
  operationId: string,
  names: readonly RateLimitName[],
): RequestRateLimits {
  const { policies } = limiter;
  let network = addressKey();
  const limits = names.map((name): NamedState => ({ name, ...policies[name] }));

  return {
    // Address limits are shared by all operations.
    async takeAddress(address) {
      network = addressKey(address);
      for (const limit of limits)
        if (isAddressLimit(limit.name)) await take(limit, { name: limit.name, subject: network });
    },

    // A request without an email or user counts against the empty subject, so that no limit fails open.
    async takeAccount({ email = '', userId = '' }) {
      const account = email.toLowerCase();
      const subjects = { account, email: `${network} ${account}`, user: userId };
      for (const limit of limits) {
        const { name } = limit;
        if (!isAddressLimit(name)) await take(limit, { name, operationId, subject: subjects[name] });
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

interface NamedState extends RateLimitState {
  name: RateLimitName;
}
