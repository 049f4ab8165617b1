/**
 * The delay before retry `attempt` (from 0): doubles up to the maximum, then is reduced at random by up to half, so that
 * clients that failed together do not retry together.
 */
export function backoffMs(attempt: number, { firstMs, maxMs }: { firstMs: number; maxMs: number }): number {
  const longestMs = Math.min(firstMs * 2 ** attempt, maxMs);
  return (longestMs * (1 + Math.random())) / 2;
}
