import { brand } from './brand.ts';
import type { Fault, Problem, ProblemCode } from './schemas.ts';

/**
 * There was an answer, and it was not a success.
 *
 * @example
 * try {
 *   await client.messages.edit(id, { content });
 * } catch (error) {
 *   if (error instanceof ApiError && error.code === 'message-not-found') return undefined;
 *   throw error;
 * }
 */
export class ApiError extends Error {
  static {
    brand(ApiError, 'ApiError');
  }

  /** The HTTP status of the answer. */
  readonly status: number;
  /** What went wrong, as a word to branch on; `undefined` when a proxy or another server answered in the API's place. */
  readonly code: ProblemCode | undefined;
  /** The whole problem, as the API told it; `undefined` exactly when `code` is. */
  readonly problem: Problem | undefined;
  /** The id of the request in the server's log; quote it when you report a fault. */
  readonly requestId: string | undefined;
  /** Every fault of an invalid request; empty for any other problem. */
  readonly errors: readonly Fault[];
  /** How many seconds to wait before the next attempt, as the `Retry-After` of a 429 or 503 tells; `undefined` without. */
  readonly retryAfterSeconds: number | undefined;

  constructor(status: number, problem?: Problem, requestId = problem?.request_id, retryAfterSeconds?: number) {
    super(problem?.detail ?? `Not the API but something before it answered, with status ${status}.`);
    this.status = status;
    this.code = problem?.code;
    this.problem = problem;
    this.requestId = requestId;
    this.errors = problem?.errors ?? [];
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
