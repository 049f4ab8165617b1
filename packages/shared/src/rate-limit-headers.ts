/** A rate limit or quota, and how much of it remains for a client. */
export interface RateLimitState {
  name: string;
  quota: number;
  windowSeconds: number;
  /** Undefined before a request is counted. */
  remaining?: number | undefined;
  /** Seconds until the whole quota is available again, at least 1. */
  resetSeconds?: number | undefined;
}

/**
 * The structured fields of draft-ietf-httpapi-ratelimit-headers: `RateLimit-Policy` lists all limits, `RateLimit` what
 * remains of those that have counted the request.
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
