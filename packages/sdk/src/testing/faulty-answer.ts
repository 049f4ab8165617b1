import { Problem } from '@async-chatbot/shared/problem';
import type { ProblemCode } from '@async-chatbot/shared/problems';
import type { OperationId } from '../http/operation.ts';
import { type Answer, answerOfProblem } from './answer.ts';
import { refusalHeaders } from './budgets.ts';
import type { MockFault } from './mock-fault.ts';
import type { SessionCookies } from './session-cookies.ts';

/** In how many seconds to try again, unless the test says otherwise. */
const RETRY_SECONDS: Partial<Record<ProblemCode, number>> = {
  'bot-unavailable': 2,
  'quota-exceeded': 86_400,
  'reply-in-progress': 1,
  'service-unavailable': 2,
  'too-many-requests': 1,
  'too-many-streams': 1,
};

/** The answer that a fault gives in place of what the call would be; undefined if the call is carried out. */
export function faultyAnswer(
  fault: MockFault,
  { id, requestId, cookies }: { id: OperationId | undefined; requestId: string; cookies: SessionCookies },
): Answer | undefined {
  if (fault.problem !== undefined) {
    const { problem: code, retryAfterSeconds = RETRY_SECONDS[code] } = fault;
    const budgets = id ? refusalHeaders(id, code, retryAfterSeconds ?? 1) : [];
    const retry = retryAfterSeconds === undefined ? {} : { 'Retry-After': String(retryAfterSeconds) };
    const problem = new Problem(code, { headers: { ...Object.fromEntries(budgets), ...retry } });
    const answer = answerOfProblem(problem, requestId);
    return { ...answer, headers: [...answer.headers, ...cookies.headersAfter(code)] };
  }
  if (fault.status === undefined) return undefined;
  const { status, body = '', headers = {} } = fault;
  return { status, body, headers: Object.entries(headers) };
}
