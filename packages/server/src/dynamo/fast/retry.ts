/** The rules of the AWS SDK's standard mode: which errors are retried, and when. */

const THROTTLING = new Set([
  'LimitExceededException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
  'TransactionInProgressException',
]);

const TRANSIENT = new Set([
  ...['TimeoutError', 'RequestTimeout', 'RequestTimeoutException', 'ChecksumError'],
  ...[500, 502, 503, 504],
  ...['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN'],
  // undici's codes.
  ...['UND_ERR_SOCKET', 'UND_ERR_CONNECT_TIMEOUT'],
]);

const BASE_MS = { throttling: 1000, transient: 25 };
const MAX_MS = 20_000;

/** What a retry takes from the quota. */
const COST = { throttling: 5, transient: 14 };
const QUOTA = 500;

export type RetryKind = keyof typeof COST;

/** The fields of network errors and of DynamoDB's errors. */
interface Failure {
  name?: string;
  code?: string;
  status?: number;
}

/** Undefined for an error that another attempt would not avoid. */
export function retryKind({ name = '', code = '', status = 0 }: Failure): RetryKind | undefined {
  if (status === 429 || THROTTLING.has(name)) return 'throttling';
  if (name === 'AbortError') return undefined;
  return TRANSIENT.has(name) || TRANSIENT.has(code) || TRANSIENT.has(status) ? 'transient' : undefined;
}

/** Exponential backoff with full jitter. */
export const backoffMs = (kind: RetryKind, attempt: number): number =>
  Math.floor(Math.random() * Math.min(BASE_MS[kind] * 2 ** attempt, MAX_MS));

/** Limits the retries of all calls, so that an outage does not multiply them. Successful calls refill it. */
export function retryQuota() {
  let left = QUOTA;
  return {
    /** Returns what was taken; undefined if too little is left. */
    take(kind: RetryKind): number | undefined {
      if (left < COST[kind]) return undefined;
      left -= COST[kind];
      return COST[kind];
    },
    give(cost: number): void {
      left = Math.min(left + cost, QUOTA);
    },
  };
}
