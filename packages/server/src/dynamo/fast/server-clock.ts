import type { DynamoError } from './errors.ts';

/** Errors that a signature with the wrong time can cause, among other reasons. */
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
    /** Corrects the clock if it caused the error of a request that was signed at `signedMs`. Returns whether it did. */
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
