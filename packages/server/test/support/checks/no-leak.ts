import type { Fault } from '@async-chatbot/shared/problem';
import { expect } from 'vitest';
import type { Answer, CallOptions, Client } from '../requests/client.ts';

/** What an answer must not tell: frames, files, names of ours and words of the libraries underneath. */
const INTERNAL =
  /\n {4}at |node_modules|file:|\.[jt]s\b|\bMessages\b|[Dd]ynamo|[Cc]ognito|\bAWS|[Ee]xpress|[Aa]jv|SyntaxError|Unexpected token|at position \d/;

/** Calls, and fails unless the answer is one that nobody need be ashamed of. */
export async function callCleanly(
  client: Client,
  method: string,
  path: string,
  options?: CallOptions,
): Promise<Answer> {
  const answer = await client.call(method, path, options);
  expectClean(answer);
  return answer;
}

const SUCCESSES = ['application/json', 'application/x-ndjson', 'text/event-stream'];

/** JSON or events, no fault of ours, and nothing of our inside. `call` has looked at the rest. */
export function expectClean({ status, headers, body }: Answer): void {
  expect(status, JSON.stringify(body)).toBeLessThan(500);
  const types = status < 400 ? SUCCESSES : ['application/problem+json'];
  expect(headers.get('content-type')).toBeOneOf(types);
  expect(headers.has('x-powered-by')).toBe(false);
  if (status < 400) return;
  expect(body.status).toBe(status);
  expect(body.request_id).toBe(headers.get('x-request-id'));
  expect(`${body.title} ${body.detail}`).not.toMatch(INTERNAL);
}

/** The place and the rule of each fault that a 422 names. */
export const faultsIn = ({ status, body }: Answer): string[] | undefined =>
  status === 422 ? body.errors.map((fault: Fault) => `${fault.pointer ?? fault.parameter} ${fault.code}`) : undefined;
