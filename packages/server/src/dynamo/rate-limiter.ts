import { createHmac } from 'node:crypto';
import type { RateLimiter, RateLimitKey, RateLimitName, RateLimitPolicy } from '@async-chatbot/core/ports/rate-limiter';
import type { RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible';
import type { DynamoConfig } from './client.ts';
import { dynamoCounters } from './counters.ts';
import { rateLimitPartition } from './keys.ts';

export interface RateLimiterOptions extends DynamoConfig {
  table: string;
  /** The key of the hashes of emails and user ids. All processes need the same one to count together. */
  secret: string;
  /** How many requests each rate limit allows, at least 1. */
  perMinute: Record<RateLimitName, number>;
  /** How long one request to DynamoDB may take; 500 by default. */
  deadlineMs?: number | undefined;
}

const WINDOW_SECONDS = 60;

/**
 * Counts in the table of the messages: partition key `pk` is what is counted, sort key `sk` is `limit`, and `expire` is the
 * table's time to live. While DynamoDB fails, which is reported to `onOutage`, each process counts for itself.
 */
export function dynamoRateLimiter(options: RateLimiterOptions, onOutage: (error: unknown) => void): RateLimiter {
  const { perMinute, secret } = options;
  const policyOf = (name: RateLimitName): RateLimitPolicy => ({
    quota: perMinute[name],
    windowSeconds: WINDOW_SECONDS,
  });

  // Loaded by the first request that is counted, as the client of Cognito is.
  let loading: ReturnType<typeof load> | undefined;

  return {
    policies: {
      address: policyOf('address'),
      refresh: policyOf('refresh'),
      email: policyOf('email'),
      user: policyOf('user'),
    },

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
  // A CommonJS package that is bundled has no other export.
  const { RateLimiterDynamo, RateLimiterMemory } = (await import('rate-limiter-flexible')).default;
  const storeClient = dynamoCounters({ ...dynamo, deadlineMs }, onOutage);

  const limiter = (points: number): RateLimiterAbstract => {
    const limit = { points, duration: WINDOW_SECONDS, keyPrefix: '' };
    return new RateLimiterDynamo({
      ...limit,
      storeClient,
      tableName: dynamo.table,
      // The table is not the library's to make or change.
      tableCreated: true,
      ttlSet: true,
      // A quota that is used up costs no request until its window ends.
      inMemoryBlockOnConsumed: points,
      insuranceLimiter: new RateLimiterMemory(limit),
    });
  };
  return {
    address: limiter(perMinute.address),
    refresh: limiter(perMinute.refresh),
    email: limiter(perMinute.email),
    user: limiter(perMinute.user),
  };
}

/** The library rejects with the result when the quota is used up, and with nothing else, since it is insured. */
const consume = (limiter: RateLimiterAbstract, key: string) =>
  limiter.consume(key).then(
    (result) => ({ result, isAllowed: true }),
    (result: RateLimiterRes) => ({ result, isAllowed: false }),
  );

/** Another process may have set the end of the window by a clock that is ahead of ours. */
const secondsOf = ({ msBeforeNext }: RateLimiterRes): number =>
  Math.min(Math.max(Math.ceil(msBeforeNext / 1000), 1), WINDOW_SECONDS);

function partitionOf({ name, operationId, subject }: RateLimitKey, secret: string): string {
  if (name === 'address' || name === 'refresh') return rateLimitPartition(name, subject);
  // The table shows neither emails nor ids, and a plain hash of an email can be guessed.
  return rateLimitPartition(name, `${operationId}`, createHmac('sha256', secret).update(subject).digest('base64url'));
}
