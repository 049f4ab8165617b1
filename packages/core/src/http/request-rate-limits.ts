import { Problem } from '@async-chatbot/shared/problem';
import { type Budget, rateLimitHeaders } from '@async-chatbot/shared/rate-limit-headers';
import type { RateLimiter, RateLimitKey, RateLimitName } from '../ports/rate-limiter.ts';
import { addressKey } from './address-key.ts';

/** The budgets of one request. */
export interface RequestBudgets {
  /** Takes the request from the budgets of its address. Throws `too-many-requests`. */
  takeAddress(address: string | undefined): Promise<void>;
  /**
   * Takes the request from the budgets of the email that it names and of its user. Throws `too-many-requests`. Comes after
   * `takeAddress`: an address that is over its budget must not use up the budget of somebody's email.
   */
  takeAccount(account: { email: string | undefined; userId: string | undefined }): Promise<void>;
  /** What was taken so far. */
  headers(): Record<string, string>;
}

/** A request of an operation, and the rate limits that count it. None was asked yet. */
export function requestBudgets(
  limiter: RateLimiter,
  operationId: string,
  names: readonly RateLimitName[],
): RequestBudgets {
  const { policies } = limiter;
  const budgets = names.map((name): RateLimitBudget => ({ name, ...policies[name] }));

  return {
    // An address has the same budget for all operations.
    async takeAddress(address) {
      for (const budget of budgets)
        if (OF_ADDRESS.has(budget.name)) await takeFrom(budget, { name: budget.name, subject: addressKey(address) });
    },

    // What a request lacks is counted as the empty subject: no rate limit fails open.
    async takeAccount({ email = '', userId = '' }) {
      for (const budget of budgets) {
        const subject = budget.name === 'user' ? userId : email.toLowerCase();
        if (!OF_ADDRESS.has(budget.name)) await takeFrom(budget, { name: budget.name, operationId, subject });
      }
    },

    headers,
  };

  async function takeFrom(budget: RateLimitBudget, key: RateLimitKey): Promise<void> {
    const { isAllowed, left, resetSeconds } = await limiter.take(key);
    Object.assign(budget, { left, resetSeconds });
    if (isAllowed) return;
    throw new Problem('too-many-requests', { headers: { ...headers(), 'Retry-After': `${resetSeconds}` } });
  }

  function headers(): Record<string, string> {
    return budgets.some(({ left }) => left !== undefined) ? rateLimitHeaders(budgets) : {};
  }
}

const OF_ADDRESS: ReadonlySet<RateLimitName> = new Set(['address', 'refresh']);

interface RateLimitBudget extends Budget {
  name: RateLimitName;
}
