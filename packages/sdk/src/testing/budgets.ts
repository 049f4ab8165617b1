import type { OperationEntry } from '@async-chatbot/api-spec';
import { operations } from '@async-chatbot/api-spec/operations';
import type { ProblemCode } from '@async-chatbot/shared/problems';
import { type Budget, rateLimitHeaders } from '@async-chatbot/shared/rate-limit-headers';
import type { OperationId } from '../http/operation.ts';

type LimitName = NonNullable<OperationEntry['rateLimits']>[number];

/** As many calls a minute as the server allows unless it is configured otherwise. */
const PER_MINUTE: Record<LimitName, number> = { address: 20, email: 5, user: 10, refresh: 300 };

/** What the server refuses before it counts the request. */
const BEFORE_COUNTING: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'ambiguous-credentials',
  'body-too-large',
  'cross-site-request',
  'malformed-request',
  'unsupported-media-type',
  'validation-failed',
]);

/** What an answer of the operation tells about its budgets, which the mock never uses up. */
export const budgetHeaders = (id: OperationId): [string, string][] =>
  headersOf(limitsOf(id).map((name) => perMinute(name, PER_MINUTE[name] - 1, 60)));

/** What an answer tells that refuses a call until so many seconds have passed. */
export function refusalHeaders(id: OperationId, code: ProblemCode, resetSeconds: number): [string, string][] {
  const [first = 'address'] = limitsOf(id);
  if (code === 'too-many-requests') return headersOf([perMinute(first, 0, resetSeconds)]);
  if (code === 'quota-exceeded')
    return headersOf([{ name: 'messages', quota: 500, windowSeconds: 86_400, left: 0, resetSeconds }]);
  if (code === 'too-many-streams')
    return headersOf([{ name: 'streams', quota: 3, windowSeconds: 1, left: 0, resetSeconds }]);
  const isCounted = !BEFORE_COUNTING.has(code) && !(code === 'unauthenticated' && operations[id].isAuthenticated);
  return isCounted ? budgetHeaders(id) : [];
}

function limitsOf(id: OperationId): readonly LimitName[] {
  const { rateLimits = [] }: OperationEntry = operations[id];
  return rateLimits;
}

const headersOf = (budgets: Budget[]): [string, string][] =>
  budgets.length === 0 ? [] : Object.entries(rateLimitHeaders(budgets));

const perMinute = (name: LimitName, left: number, resetSeconds: number): Budget => ({
  name,
  quota: PER_MINUTE[name],
  windowSeconds: 60,
  left,
  resetSeconds,
});
