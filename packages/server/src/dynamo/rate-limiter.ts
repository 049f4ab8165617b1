import { createHmac } from 'node:crypto';
import type { RateLimiter, RateLimitKey, RateLimitName } from '@async-chatbot/core/ports/rate-limiter';
import { rateLimitPolicies, WINDOW_SECONDS } from '@async-chatbot/core/rate-limits';
import type { RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible';
import { dynamoCounters } from './counters.ts';
import type { DynamoConfig } from './dynamo-config.ts';
import { rateLimitPartition } from './keys.ts';

export interface RateLimiterOptions extends DynamoConfig {
  table: string;
  /** Keys the hashes of emails and user ids. Must be the same in all processes, so that they count together. */
  secret: string;
  /** Requests per minute for each rate limit, at least 1. */
  perMinute: Record<RateLimitName, number>;
  /** The maximum duration of a request to DynamoDB; 500 by default. */
  deadlineMs?: number | undefined;
}

/**
 * Counts in DynamoDB, in the table of the messages. During an outage, which is reported to `onOutage`, each process counts
 * for itself.
 */
export function dynamoRateLimiter(options: RateLimiterOptions, onOutage: (error: unknown) => void): RateLimiter {
  const { perMinute, secret } = options;

  // Loaded on the first request that is counted, like the Cognito client.
  let loading: ReturnType<typeof load> | undefined;

  return {
    policies: rateLimitPolicies(perMinute),

    async take(key) {
      loading ??= load(options, onOutage);
      const limiters = await loading;
      const { result, isAllowed } = await consume(limiters[key.name], partitionOf(key, secret));
      return { isAllowed, remaining: result.remainingPoints, resetSeconds: secondsOf(result) };
    },
  };
}

async function load(
  { perMinute, deadlineMs = 500, secret: _, ...dynamo }: RateLimiterOptions,
  onOutage: (error: unknown) => void,
) {
  // Bundled CommonJS packages have only a default export.
  const { RateLimiterDynamo, RateLimiterMemory } = (await import('rate-limiter-flexible')).default;
  const storeClient = dynamoCounters({ ...dynamo, deadlineMs }, onOutage);

  const limiter = (points: number): RateLimiterAbstract => {
    const limit = { points, duration: WINDOW_SECONDS, keyPrefix: '' };
    return new RateLimiterDynamo({
      ...limit,
      storeClient,
      tableName: dynamo.table,
      // The library must not create or change the table.
      tableCreated: true,
      ttlSet: true,
      // Sends no requests while the quota is used up.
      inMemoryBlockOnConsumed: points,
      insuranceLimiter: new RateLimiterMemory(limit),
    });
  };
  return {
    address: limiter(perMinute.address),
    refresh: limiter(perMinute.refresh),
    email: limiter(perMinute.email),
    account: limiter(perMinute.account),
    user: limiter(perMinute.user),
  };
}

/** The library rejects with the result if the quota is used up. It has no other rejection, since it falls back to memory. */
const consume = (limiter: RateLimiterAbstract, key: string) =>
  limiter.consume(key).then(
    (result) => ({ result, isAllowed: true }),
    (result: RateLimiterRes) => ({ result, isAllowed: false }),
  );

/** Clamped, since a process whose clock is ahead may have set the end of the window. */
const secondsOf = ({ msBeforeNext }: RateLimiterRes): number =>
  Math.min(Math.max(Math.ceil(msBeforeNext / 1000), 1), WINDOW_SECONDS);

function partitionOf({ name, operationId, subject }: RateLimitKey, secret: string): string {
  if (operationId === undefined) return rateLimitPartition(name, subject);
  // The table contains neither emails nor user ids. The hash is keyed, since an email can be guessed from a plain one.
  return rateLimitPartition(name, operationId, createHmac('sha256', secret).update(subject).digest('base64url'));
}
