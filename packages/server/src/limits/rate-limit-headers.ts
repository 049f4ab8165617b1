import type { LimitName } from './limits.ts';

/** How long a budget lasts. */
export const WINDOW_SECONDS = 60;

/** A budget after a call was taken from it. */
export interface Taken {
  name: LimitName;
  left: number;
  /** In how many seconds it is whole again: 1 to WINDOW_SECONDS. */
  resetSeconds: number;
}

/**
 * `RateLimit-Policy` lists the quota of every budget that was asked for, `RateLimit` what is left of those that were
 * taken from: structured fields of draft-ietf-httpapi-ratelimit-headers.
 */
export function rateLimitHeaders(names: LimitName[], quotas: Record<LimitName, number>, taken: Taken[]) {
  return {
    'RateLimit-Policy': names.map((name) => `"${name}";q=${quotas[name]};w=${WINDOW_SECONDS}`).join(', '),
    RateLimit: taken.map(({ name, left, resetSeconds }) => `"${name}";r=${left};t=${resetSeconds}`).join(', '),
  };
}
