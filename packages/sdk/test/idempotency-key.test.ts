import { afterEach, expect, test, vi } from 'vitest';
import { idempotencyKey } from '../src/idempotency-key.ts';

afterEach(() => vi.unstubAllGlobals());

test.each(['with', 'without'])('a key is new each time and as the API takes it, %s a way to make UUIDs', (words) => {
  const { getRandomValues } = crypto;
  if (words === 'without') vi.stubGlobal('crypto', { getRandomValues: getRandomValues.bind(crypto) });
  const keys = Array.from({ length: 100 }, idempotencyKey);
  expect(new Set(keys).size).toBe(100);
  for (const key of keys) expect(key).toMatch(/^[\x21-\x7e]{16,255}$/);
});
