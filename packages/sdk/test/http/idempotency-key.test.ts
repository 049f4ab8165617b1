import { expect, test } from 'vitest';
import { withIdempotencyKey } from '../../src/http/idempotency-key.ts';

test('a key is new each time and as the API takes it', () => {
  const keys = Array.from({ length: 100 }, () => withIdempotencyKey({}).idempotencyKey);
  expect(new Set(keys).size).toBe(100);
  for (const key of keys) expect(key).toMatch(/^[\d-]{16,43}$/);
});

test('a key that was given is kept', () => {
  expect(withIdempotencyKey({ idempotencyKey: 'canary', maxRetries: 1 })).toEqual({
    idempotencyKey: 'canary',
    maxRetries: 1,
  });
});
