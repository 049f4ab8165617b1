import { expect } from 'vitest';
import type { TestResponse } from '../requests/client.ts';

/** Longer than a request's deadline for its calls to DynamoDB and Cognito. */
export const HUNG_MS = 20_000;

/** Fails unless the response asks the client to retry. */
export function expectUnavailable({ status, body, headers }: TestResponse, code = 'service-unavailable'): void {
  expect([status, body.code]).toEqual([503, code]);
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
}
