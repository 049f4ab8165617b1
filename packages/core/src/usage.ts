import type { components } from '@async-chatbot/api-spec';
import { type Day, dayOf, SECONDS_OF_DAY } from '@async-chatbot/shared/day';
import { Problem } from '@async-chatbot/shared/problem';
import { type RateLimitState, rateLimitHeaders } from '@async-chatbot/shared/rate-limit-headers';
import type { UsageCounters, UsageCounts } from './ports/usage-counters.ts';

/** Daily quotas per user; days are UTC. A quota that is not configured is not counted. */
export interface Usage {
  today(userId: string): Promise<components['schemas']['Usage']>;
  /**
   * Counts a message, and reserves tokens for its reply unless that uses none. Undefined without quotas. Throws
   * `quota-exceeded`.
   */
  reserve(userId: string, reply?: { usesTokens: boolean }): Promise<Reservation | undefined>;
}

/** The message and tokens that one reply reserves. */
export interface Reservation {
  quotas: RateLimitState[];
  /** Replaces the reserved tokens with those used; `undefined`, if the bot reported none, changes nothing. Never rejects. */
  settle(tokens: number | undefined): Promise<void>;
  /** Releases the reservation if the bot used nothing. Never rejects. */
  cancel(): Promise<void>;
}

export interface QuotaOptions {
  messagesPerDay?: number | undefined;
  tokensPerDay?: number | undefined;
  /** Tokens that a reply reserves until the bot reports its usage. */
  reserveTokens: number;
}

interface Quota {
  name: 'messages' | 'tokens';
  limit: number;
  /** How much one reply reserves. */
  reserved: number;
}

export function createUsage(counters: UsageCounters, options: QuotaOptions, now: () => Date): Usage {
  const allQuotas = quotasOf(options);

  const statesOf = (counts: UsageCounts, { secondsLeft }: Day): RateLimitState[] =>
    allQuotas.map(({ name, limit }) => ({
      name,
      quota: limit,
      windowSeconds: SECONDS_OF_DAY,
      remaining: usageOf(limit, counts[name]).left,
      resetSeconds: secondsLeft,
    }));

  return {
    async today(userId) {
      const day = dayOf(now());
      const counts = allQuotas.length > 0 ? await counters.read(userId, day) : {};
      return {
        day: day.name,
        resets_at: new Date(day.endSeconds * 1000).toISOString(),
        ...Object.fromEntries(allQuotas.map(({ name, limit }) => [name, usageOf(limit, counts[name])])),
      };
    },

    async reserve(userId, { usesTokens } = { usesTokens: true }) {
      if (allQuotas.length === 0) return undefined;
      const quotas = allQuotas.map((quota) =>
        quota.name === 'tokens' && !usesTokens ? { ...quota, reserved: 0 } : quota,
      );
      const limits: UsageCounts = Object.fromEntries(quotas.map(({ name, limit }) => [name, limit]));
      const reserved: UsageCounts = Object.fromEntries(quotas.map((quota) => [quota.name, quota.reserved]));
      const day = dayOf(now());
      const counts = await counters.add(userId, day, reserved, limits);
      if (!counts) throw quotaExceeded(statesOf(await counters.read(userId, day), day), quotas);

      // A failed correction only miscounts the day, so it does not fail the reply.
      const correct = (change: UsageCounts) => counters.correct(userId, day, change).catch(() => undefined);
      return {
        quotas: statesOf(counts, day),
        async settle(tokens) {
          if (reserved.tokens === undefined || tokens === undefined || tokens === reserved.tokens) return;
          await correct({ tokens: tokens - reserved.tokens });
        },
        cancel: () => correct(Object.fromEntries(quotas.map((quota) => [quota.name, -quota.reserved]))),
      };
    },
  };
}

function quotasOf({ messagesPerDay, tokensPerDay, reserveTokens }: QuotaOptions): Quota[] {
  return [
    ...(messagesPerDay !== undefined ? [{ name: 'messages' as const, limit: messagesPerDay, reserved: 1 }] : []),
    // A reservation above the daily limit would never be granted.
    ...(tokensPerDay !== undefined
      ? [{ name: 'tokens' as const, limit: tokensPerDay, reserved: Math.min(reserveTokens, tokensPerDay) }]
      : []),
  ];
}

/** The contract's maximum. */
const MAX_COUNT = 2 ** 31 - 1;

/** Clamps counts: a reply may use more tokens than remain, and a repeated correction may count below zero. */
function usageOf(limit: number, count = 0) {
  const used = Math.min(Math.max(count, 0), MAX_COUNT);
  return { limit, used, left: Math.max(limit - used, 0) };
}

function quotaExceeded(states: RateLimitState[], quotas: Quota[]): Problem {
  const exceeded = quotas.find(({ reserved }, index) => (states[index]?.remaining ?? 0) < Math.max(reserved, 1));
  return new Problem('quota-exceeded', {
    // Undefined if a reservation was released in the meantime.
    detail:
      exceeded &&
      `The daily quota of ${exceeded.name} is used up. It resets at midnight UTC; GET /users/me/usage shows your usage.`,
    headers: { ...rateLimitHeaders(states), 'Retry-After': `${states[0]?.resetSeconds}` },
  });
}
