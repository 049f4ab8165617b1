import { createHmac } from 'node:crypto';
import type { Caller, LimitName, Limits } from '@async-chatbot/core/ports/rate-limiter';
import { Problem } from '@async-chatbot/shared/problem';
import { type Budget, rateLimitHeaders } from '@async-chatbot/shared/rate-limit-headers';
import type { RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible';
import { addressKey } from '../limits/address-key.ts';
import type { DynamoConfig } from './client.ts';
import { dynamoCounters } from './counters.ts';

export interface LimitsOptions extends DynamoConfig {
  table: string;
  /** What e-mail addresses are hashed with; the same in every process, or their budgets are not shared. */
  secret: string;
  /** How many calls each budget lets through, at least 1. */
  perMinute: Record<LimitName, number>;
  /** How long one request to DynamoDB may take; 500 unless given. */
  deadlineMs?: number | undefined;
}

/** How long a budget lasts. */
const WINDOW_SECONDS = 60;

/** An address that is over its budget must not use up somebody's e-mail budget. */
const ORDER: LimitName[] = ['address', 'refresh', 'email', 'user'];

/**
 * Counts in the table of the messages: partition key `pk` is the budget, sort key `sk` is `limit`, and `expire` is the
 * table's time to live. While DynamoDB fails, which `onOutage` is told, each process counts for itself.
 */
export function dynamoLimits(options: LimitsOptions, onOutage: (error: unknown) => void): Limits {
  const { perMinute, secret } = options;

  // Loaded and made when somebody first asks, as the client of Cognito is.
  let loading: ReturnType<typeof load> | undefined;

  return {
    async take(operation, caller, names) {
      loading ??= load(options, onOutage);
      const limiters = await loading;
      const asked = names.toSorted((one, other) => ORDER.indexOf(one) - ORDER.indexOf(other));
      const budgets = asked.map((name): Budget & { name: LimitName } => ({
        name,
        quota: perMinute[name],
        windowSeconds: WINDOW_SECONDS,
      }));

      for (const budget of budgets) {
        const { result, used } = await consume(limiters[budget.name], keyOf(budget.name, operation, caller, secret));
        const resetSeconds = secondsOf(result);
        Object.assign(budget, { left: result.remainingPoints, resetSeconds });
        const headers = { ...rateLimitHeaders(budgets), 'Retry-After': `${resetSeconds}` };
        if (used) throw new Problem('too-many-requests', { headers });
      }
      return rateLimitHeaders(budgets);
    },
  };
}

async function load(
  { perMinute, deadlineMs = 500, secret: _, ...dynamo }: LimitsOptions,
  onOutage: (error: unknown) => void,
) {
  // A CommonJS package that is bundled has no other export.
  const { RateLimiterDynamo, RateLimiterMemory } = (await import('rate-limiter-flexible')).default;
  const storeClient = dynamoCounters({ ...dynamo, deadlineMs }, onOutage);

  const limiter = (points: number): RateLimiterAbstract => {
    const budget = { points, duration: WINDOW_SECONDS, keyPrefix: '' };
    return new RateLimiterDynamo({
      ...budget,
      storeClient,
      tableName: dynamo.table,
      // The table is not the library's to make or change.
      tableCreated: true,
      ttlSet: true,
      // What is used up costs no request until its window ends.
      inMemoryBlockOnConsumed: points,
      insuranceLimiter: new RateLimiterMemory(budget),
    });
  };
  return {
    address: limiter(perMinute.address),
    refresh: limiter(perMinute.refresh),
    email: limiter(perMinute.email),
    user: limiter(perMinute.user),
  };
}

/** The library rejects with the result when a budget is used up, and with nothing else since it is insured. */
const consume = (limiter: RateLimiterAbstract, key: string) =>
  limiter.consume(key).then(
    (result) => ({ result, used: false }),
    (result: RateLimiterRes) => ({ result, used: true }),
  );

/** Another process may have set the end of the window by a clock that is ahead of ours. */
const secondsOf = ({ msBeforeNext }: RateLimiterRes): number =>
  Math.min(Math.max(Math.ceil(msBeforeNext / 1000), 1), WINDOW_SECONDS);

/** An address has one budget for all operations; nobody is kept from one operation by what was tried at another. */
function keyOf(name: LimitName, operation: string, { address, email, userId }: Caller, secret: string): string {
  if (name === 'address' || name === 'refresh') return `limit#${name}#${addressKey(address)}`;
  // No name of anybody's stands in the table, and a plain hash of an e-mail address can be guessed.
  const whom = name === 'user' ? (userId ?? '') : (email ?? '').toLowerCase();
  return `limit#${name}#${operation}#${createHmac('sha256', secret).update(whom).digest('base64url')}`;
}
