import { PER_MINUTE } from '../../../core/test/ports/rate-limit-samples.ts';
import { dynamoRateLimiter, type RateLimiterOptions } from '../../src/dynamo/rate-limiter.ts';

export interface Place {
  endpoint: string;
  /** With the keys `pk` and `sk`. */
  table: string;
}

/** Patient by default: the emulators may be slow, and an outage is not what is tested. */
export const rateLimiterAt = (
  { endpoint, table }: Place,
  options: Partial<RateLimiterOptions> = {},
  onOutage: (error: unknown) => void = failRun,
) =>
  dynamoRateLimiter(
    { region: 'local', endpoint, table, secret: 'of the tests', perMinute: PER_MINUTE, deadlineMs: 10_000, ...options },
    onOutage,
  );

/** The limits hold whatever the table does, so an outage that no test asked for is left for Vitest to find. */
const failRun = (error: unknown): void => void Promise.reject(error);
