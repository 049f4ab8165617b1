import type { HttpRequest, HttpResponse } from '@async-chatbot/core/http/handle';
import { operationEntries } from '@async-chatbot/core/http/operation-entries';
import { requestRateLimits } from '@async-chatbot/core/http/request-rate-limits';
import { problemResponse } from '@async-chatbot/core/http/responses';
import type { SessionCookie } from '@async-chatbot/core/http/session-cookie';
import { Problem } from '@async-chatbot/shared/problem';
import type { ProblemCode } from '@async-chatbot/shared/problems';
import { type RateLimitState, rateLimitHeaders } from '@async-chatbot/shared/rate-limit-headers';
import type { OperationId } from '../http/operation.ts';
import type { MockFault } from './mock-fault.ts';
import { mockRateLimiter } from './mock-rate-limiter.ts';

/** The default of `retryAfterSeconds`. */
const RETRY_SECONDS: Partial<Record<ProblemCode, number>> = {
  'bot-unavailable': 2,
  'quota-exceeded': 86_400,
  'reply-in-progress': 1,
  'service-unavailable': 2,
  'too-many-replies': 1,
  'too-many-requests': 1,
  'too-many-streams': 1,
};

/** Problems with which the server rejects a request before it counts it for the rate limits of an account. */
const BEFORE_ACCOUNT_LIMITS: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'ambiguous-credentials',
  'body-too-large',
  'malformed-request',
  'unauthenticated',
  'unsupported-media-type',
  'validation-failed',
]);

interface FaultContext {
  id: OperationId | undefined;
  requestId: string;
  request: HttpRequest;
  cookies: SessionCookie;
}

/** Returns the response of a fault, or `undefined` if the request is to be handled. */
export async function faultResponse(
  fault: MockFault,
  { id, requestId, request, cookies }: FaultContext,
): Promise<HttpResponse | undefined> {
  if (fault.problem !== undefined) {
    const { problem: code, retryAfterSeconds = RETRY_SECONDS[code] } = fault;
    const retry = retryAfterSeconds === undefined ? {} : { 'Retry-After': String(retryAfterSeconds) };
    const headers = id && (await rateLimitHeadersOf(id, code, retryAfterSeconds ?? 1));
    const problem = new Problem(code, { headers: { ...headers, ...retry } });
    const response = problemResponse(problem, undefined, requestId);
    return { ...response, headers: [...response.headers, ...cookies.headersAfter(code, request)] };
  }
  if (fault.status === undefined) return undefined;
  const { status, body = '', headers = {} } = fault;
  return { status, headers: Object.entries(headers), body };
}

/** Returns the rate limit headers that the server sends with this problem. */
async function rateLimitHeadersOf(
  id: OperationId,
  code: ProblemCode,
  resetSeconds: number,
): Promise<Record<string, string>> {
  const { rateLimits = [] } = operationEntries[id];
  const limiter = mockRateLimiter();
  const [first = 'address'] = rateLimits;
  const exceeded: Partial<Record<ProblemCode, RateLimitState>> = {
    'too-many-requests': { name: first, ...limiter.policies[first] },
    'quota-exceeded': { name: 'messages', quota: 500, windowSeconds: 86_400 },
    'too-many-replies': { name: 'replies', quota: 3, windowSeconds: 1 },
    'too-many-streams': { name: 'streams', quota: 3, windowSeconds: 1 },
  };
  const limit = exceeded[code];
  if (limit) return rateLimitHeaders([{ ...limit, remaining: 0, resetSeconds }]);

  const limits = requestRateLimits(limiter, id, rateLimits);
  if (code !== 'cross-site-request') await limits.takeAddress(undefined);
  if (code !== 'cross-site-request' && !BEFORE_ACCOUNT_LIMITS.has(code))
    await limits.takeAccount({ email: undefined, userId: undefined });
  return limits.headers();
}
