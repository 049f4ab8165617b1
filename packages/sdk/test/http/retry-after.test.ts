import { afterEach, expect, test, vi } from 'vitest';
import { retryAfterSeconds } from '../../src/http/retry-after.ts';

afterEach(() => vi.useRealTimers());

test.each([
  ['7', 7],
  ['0', 0],
  ['3600', 3600],
  ['Sun, 22 Nov 2026 07:34:21 GMT', 60],
  ['Sun, 22 Nov 2026 07:33:22 GMT', 1],
  ['Sun, 22 Nov 2026 07:33:00 GMT', 0],
  ['soon', undefined],
  ['', undefined],
  [undefined, undefined],
])('Retry-After: %s means %j s', (value, seconds) => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-22T07:33:21.500Z') });
  expect(retryAfterSeconds(new Headers(value === undefined ? {} : { 'retry-after': value }))).toBe(seconds);
});
