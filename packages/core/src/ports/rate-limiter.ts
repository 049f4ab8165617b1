import type { RateLimitName } from '@async-chatbot/api-spec';

export type { RateLimitName } from '@async-chatbot/api-spec';

export interface RateLimitPolicy {
  /** Requests per window, at least 1. */
  quota: number;
  windowSeconds: number;
}

/** Identifies the counter of a request. */
export interface RateLimitKey {
  name: RateLimitName;
  /** Absent if all operations share the counter. */
  operationId?: string | undefined;
  /** An address, an email or a user id. */
  subject: string;
}

export interface RateLimitResult {
  isAllowed: boolean;
  /** Requests left in the window. */
  remaining: number;
  /** Seconds until the window ends, from 1 to its length. */
  resetSeconds: number;
}

export interface RateLimiter {
  readonly policies: Readonly<Record<RateLimitName, RateLimitPolicy>>;
  /** Counts a request. Does not reject during an outage of the store. */
  take(key: RateLimitKey): Promise<RateLimitResult>;
}
