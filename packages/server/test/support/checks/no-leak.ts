import type { ValidationError } from '@async-chatbot/shared/problem';
import { expect } from 'vitest';
import type { CallOptions, Client, TestResponse } from '../requests/client.ts';

/** What a problem must not reveal: stack frames, files, and the names of tables, services and libraries. */
const INTERNAL =
  /\n {4}at |node_modules|file:|\.[jt]s\b|\bMessages\b|[Dd]ynamo|[Cc]ognito|\bAWS|[Ee]xpress|[Aa]jv|SyntaxError|Unexpected token|at position \d/;

/** Sends a request, and fails if the response leaks anything. */
export async function callExpectingNoLeak(
  client: Client,
  method: string,
  path: string,
  options?: CallOptions,
): Promise<TestResponse> {
  const response = await client.call(method, path, options);
  expectNoLeak(response);
  return response;
}

const SUCCESSES = ['application/json', 'application/x-ndjson', 'text/event-stream'];

/** JSON, events or nothing, no 5xx and no internals. `call` checks the rest against the document. */
export function expectNoLeak({ status, headers, body }: TestResponse): void {
  expect(status, JSON.stringify(body)).toBeLessThan(500);
  if (status === 204) {
    expect(body).toBeUndefined();
    return;
  }
  const types = status < 400 ? SUCCESSES : ['application/problem+json'];
  expect(headers.get('content-type')).toBeOneOf(types);
  expect(headers.has('x-powered-by')).toBe(false);
  if (status < 400) return;
  expect(body.status).toBe(status);
  expect(body.request_id).toBe(headers.get('x-request-id'));
  expect(`${body.title} ${body.detail}`).not.toMatch(INTERNAL);
}

/** The location and code of each validation error in a 422. */
export const validationErrorsIn = ({ status, body }: TestResponse): string[] | undefined =>
  status === 422
    ? body.errors.map((error: ValidationError) => `${error.pointer ?? error.parameter} ${error.code}`)
    : undefined;
