import { expect, test } from 'vitest';
import { withIdempotencyKey } from '../../src/http/idempotency-key.ts';

test('each key is unique and matches the format of the API', () => {
  const keys = Array.from({ length: 100 }, () => withIdempotencyKey({}).idempotencyKey);
  expect(new Set(keys).size).toBe(100);
  for (const key of keys) expect(key).toMatch(/^[\d-]{16,43}$/);
});

test('a given key is not replaced', () => {
  expect(withIdempotencyKey({ idempotencyKey: 'canary', maxRetries: 1 })).toEqual({
    idempotencyKey: 'canary',
    maxRetries: 1,
  });
});
