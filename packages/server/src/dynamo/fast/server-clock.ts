import type { DynamoError } from './errors.ts';

/** The errors of requests whose signature has the wrong time, among other reasons. */
const SKEW_ERRORS = new Set([
  'AccessDeniedException',
  'AuthFailure',
  'InvalidSignatureException',
  'RequestExpired',
  'RequestInTheFuture',
  'RequestTimeTooSkewed',
  'SignatureDoesNotMatch',
]);

/** DynamoDB accepts signatures for five minutes. */
const MAX_SKEW_MS = 240_000;

/** DynamoDB's clock, estimated from its errors. */
export function serverClock() {
  let offsetMs = 0;
  return {
    nowMs: () => Date.now() + offsetMs,
    /** Whether the error of a request that was signed for `signedMs` is due to the clock, which is then set. */
    correct({ name, headers }: Partial<DynamoError>, signedMs: number): boolean {
      // A cached response has an `Age`, and the `Date` of its origin.
      if (!headers?.date || headers.age !== undefined || !SKEW_ERRORS.has(name ?? '')) return false;
      const serverMs = Date.parse(String(headers.date));
      if (!(Math.abs(serverMs - signedMs) >= MAX_SKEW_MS)) return false;
      offsetMs = serverMs - Date.now();
      return true;
    },
  };
}
