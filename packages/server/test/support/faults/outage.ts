import { expect } from 'vitest';
import type { TestResponse } from '../requests/client.ts';

/** Longer than a send takes that makes several requests to DynamoDB or Cognito, each with its deadline. */
export const HUNG_MS = 20_000;

/** Fails unless the client is asked to try again. */
export function expectUnavailable({ status, body, headers }: TestResponse, code = 'service-unavailable'): void {
  expect([status, body.code]).toEqual([503, code]);
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
}
