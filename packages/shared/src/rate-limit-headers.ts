/** A rate limit or quota, and what remains of it for one client. */
export interface RateLimitState {
  name: string;
  quota: number;
  windowSeconds: number;
  /** Undefined before a request is counted. */
  remaining?: number | undefined;
  /** In how many seconds the whole quota is available, at least 1. */
  resetSeconds?: number | undefined;
}

/**
 * `RateLimit-Policy` lists all of these limits, `RateLimit` what remains of those that have counted: structured fields of
 * draft-ietf-httpapi-ratelimit-headers.
 */
export function rateLimitHeaders(limits: readonly RateLimitState[]) {
  const counted = limits.filter(({ remaining }) => remaining !== undefined);
  return {
    'RateLimit-Policy': limits
      .map(({ name, quota, windowSeconds }) => `"${name}";q=${quota};w=${windowSeconds}`)
      .join(', '),
    RateLimit: counted
      .map(({ name, remaining, resetSeconds }) => `"${name}";r=${remaining};t=${resetSeconds}`)
      .join(', '),
  };
}
