import type { RateLimitName } from '@async-chatbot/api-spec';

export type { RateLimitName } from '@async-chatbot/api-spec';

export interface RateLimitPolicy {
  /** How many requests a window allows, at least 1. */
  quota: number;
  windowSeconds: number;
}

/** What a request is counted under. */
export interface RateLimitKey {
  name: RateLimitName;
  /** Absent if all operations share the count. */
  operationId?: string | undefined;
  /** The address, the email or the id of the user. */
  subject: string;
}

export interface RateLimitResult {
  isAllowed: boolean;
  /** How many more requests the window allows. */
  remaining: number;
  /** In how many seconds the window ends: from 1 to its length. */
  resetSeconds: number;
}

export interface RateLimiter {
  readonly policies: Readonly<Record<RateLimitName, RateLimitPolicy>>;
  /** Counts a request. An outage of the store is no error. */
  take(key: RateLimitKey): Promise<RateLimitResult>;
}
