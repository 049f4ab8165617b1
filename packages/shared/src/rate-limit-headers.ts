/** A budget after something was taken from it. */
export interface Budget {
  name: string;
  quota: number;
  windowSeconds: number;
  /** Undefined if nothing was taken from it yet. */
  left?: number | undefined;
  /** In how many seconds it is whole again, at least 1. */
  resetSeconds?: number | undefined;
}

/**
 * `RateLimit-Policy` lists the quota of every budget that was asked for, `RateLimit` what is left of those that were
 * taken from: structured fields of draft-ietf-httpapi-ratelimit-headers.
 */
export function rateLimitHeaders(budgets: readonly Budget[]) {
  const taken = budgets.filter(({ left }) => left !== undefined);
  return {
    'RateLimit-Policy': budgets
      .map(({ name, quota, windowSeconds }) => `"${name}";q=${quota};w=${windowSeconds}`)
      .join(', '),
    RateLimit: taken.map(({ name, left, resetSeconds }) => `"${name}";r=${left};t=${resetSeconds}`).join(', '),
  };
}
