import type { components } from '@async-chatbot/api-spec';
import { type Day, dayOf, SECONDS_OF_DAY } from '@async-chatbot/shared/day';
import { Problem } from '@async-chatbot/shared/problem';
import { type Budget, rateLimitHeaders } from '@async-chatbot/shared/rate-limit-headers';
import type { UsageCounters, UsageCounts } from './ports/usage-counters.ts';

/** The quotas of each user and day (UTC). A quota that is not configured is not counted. */
export interface Usage {
  today(userId: string): Promise<components['schemas']['Usage']>;
  /**
   * Takes a message and reserves the tokens of its reply; undefined if there is no quota. Throws `quota-exceeded`, and then
   * nothing is taken.
   */
  reserve(userId: string): Promise<Reservation | undefined>;
}

/** What was taken for one reply. */
export interface Reservation {
  left: Budget[];
  /** Replaces the reserved tokens by those that were used; undefined if nobody counted them. Never rejects. */
  settle(tokens: number | undefined): Promise<void>;
  /** Returns everything, since the bot used nothing. Never rejects. */
  cancel(): Promise<void>;
}

export interface QuotaOptions {
  messagesPerDay?: number | undefined;
  tokensPerDay?: number | undefined;
  /** How many tokens a reply reserves until it is known how many it used. */
  reserveTokens: number;
}

interface Quota {
  name: 'messages' | 'tokens';
  limit: number;
  /** What one reply takes at first. */
  taken: number;
}

export function createUsage(counters: UsageCounters, options: QuotaOptions, now: () => Date): Usage {
  const quotas = quotasOf(options);
  const limits: UsageCounts = Object.fromEntries(quotas.map(({ name, limit }) => [name, limit]));
  const taken: UsageCounts = Object.fromEntries(quotas.map((quota) => [quota.name, quota.taken]));

  const budgetsOf = (counts: UsageCounts, { secondsLeft }: Day): Budget[] =>
    quotas.map(({ name, limit }) => ({
      name,
      quota: limit,
      windowSeconds: SECONDS_OF_DAY,
      left: standing(limit, counts[name]).left,
      resetSeconds: secondsLeft,
    }));

  return {
    async today(userId) {
      const day = dayOf(now());
      const counts = quotas.length > 0 ? await counters.read(userId, day) : {};
      return {
        day: day.name,
        resets_at: new Date(day.endSeconds * 1000).toISOString(),
        ...Object.fromEntries(quotas.map(({ name, limit }) => [name, standing(limit, counts[name])])),
      };
    },

    async reserve(userId) {
      if (quotas.length === 0) return undefined;
      const day = dayOf(now());
      const counts = await counters.add(userId, day, taken, limits);
      if (!counts) throw quotaExceeded(budgetsOf(await counters.read(userId, day), day), quotas);

      // A lost correction only miscounts the day; the reply is stored.
      const correct = (change: UsageCounts) => counters.correct(userId, day, change).catch(() => undefined);
      return {
        left: budgetsOf(counts, day),
        async settle(tokens) {
          if (taken.tokens === undefined || tokens === undefined || tokens === taken.tokens) return;
          await correct({ tokens: tokens - taken.tokens });
        },
        cancel: () => correct(Object.fromEntries(quotas.map((quota) => [quota.name, -quota.taken]))),
      };
    },
  };
}

function quotasOf({ messagesPerDay, tokensPerDay, reserveTokens }: QuotaOptions): Quota[] {
  return [
    ...(messagesPerDay !== undefined ? [{ name: 'messages' as const, limit: messagesPerDay, taken: 1 }] : []),
    // A reply that reserves more than a day's tokens could never be generated.
    ...(tokensPerDay !== undefined
      ? [{ name: 'tokens' as const, limit: tokensPerDay, taken: Math.min(reserveTokens, tokensPerDay) }]
      : []),
  ];
}

/** The largest count of the contract. */
const MAX_COUNT = 2 ** 31 - 1;

/** A reply may use more tokens than are left, since it is not cut short; a repeated correction may leave less than zero. */
function standing(limit: number, count = 0) {
  const used = Math.min(Math.max(count, 0), MAX_COUNT);
  return { limit, used, left: Math.max(limit - used, 0) };
}

function quotaExceeded(budgets: Budget[], quotas: Quota[]): Problem {
  const exceeded = quotas.find(({ taken }, index) => (budgets[index]?.left ?? 0) < taken);
  return new Problem('quota-exceeded', {
    // Undefined if something was returned meanwhile.
    detail: exceeded && `The day's ${exceeded.name} are used up. Wait until tomorrow; getUsage tells what is left.`,
    headers: { ...rateLimitHeaders(budgets), 'Retry-After': `${budgets[0]?.resetSeconds}` },
  });
}
