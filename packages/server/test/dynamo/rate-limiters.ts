import { PER_MINUTE } from '../../../core/test/ports/rate-limit-samples.ts';
import { dynamoRateLimiter, type RateLimiterOptions } from '../../src/dynamo/rate-limiter.ts';

export interface Place {
  endpoint: string;
  /** With the keys `pk` and `sk`. */
  table: string;
}

/** The default deadline is long, since the emulators may be slow. */
export const rateLimiterAt = (
  { endpoint, table }: Place,
  options: Partial<RateLimiterOptions> = {},
  onOutage: (error: unknown) => void = failRun,
) =>
  dynamoRateLimiter(
    { region: 'local', endpoint, table, secret: 'of the tests', perMinute: PER_MINUTE, deadlineMs: 10_000, ...options },
    onOutage,
  );

/** A limiter recovers from outages, so an unexpected one becomes an unhandled rejection, which fails the run. */
const failRun = (error: unknown): void => void Promise.reject(error);
