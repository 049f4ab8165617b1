import { expect, test } from 'vitest';
import { brand } from '../../src/errors/brand.ts';
import { ApiError, ConnectionError } from '../../src/index.ts';

/** The class as another copy of the package defines it. */
class CopiedError extends Error {
  static {
    brand(CopiedError, 'ApiError');
  }
}

test('an error is an instance of every copy of its class', () => {
  expect(new CopiedError()).toBeInstanceOf(ApiError);
  expect(new ApiError(500)).toBeInstanceOf(CopiedError);
});

test('an error is not an instance of other classes', () => {
  expect(new ApiError(500)).not.toBeInstanceOf(ConnectionError);
  expect(new ConnectionError('no response')).not.toBeInstanceOf(ApiError);
  for (const other of [new Error(), {}, null, undefined, 'ApiError', 1]) expect(other).not.toBeInstanceOf(ApiError);
});

test('the brand is not enumerable, so printed errors do not show it', () => {
  expect(Object.keys(new ApiError(500))).toEqual([
    'status',
    'code',
    'problem',
    'requestId',
    'errors',
    'retryAfterSeconds',
  ]);
});
