import { expect, it } from 'vitest';
import { backoffMs } from '../src/backoff.ts';

const delays = (attempt: number) => Array.from({ length: 100 }, () => backoffMs(attempt, { firstMs: 50, maxMs: 1000 }));

it.each([
  [0, 50],
  [1, 100],
  [4, 800],
  [5, 1000],
  [2000, 1000],
])('retry %i waits at most %i ms, and at least half of it', (attempt, longestMs) => {
  for (const delayMs of delays(attempt)) {
    expect(delayMs).toBeGreaterThanOrEqual(longestMs / 2);
    expect(delayMs).toBeLessThanOrEqual(longestMs);
  }
});

it('clients wait for different times', () => {
  expect(new Set(delays(3)).size).toBeGreaterThan(50);
});
