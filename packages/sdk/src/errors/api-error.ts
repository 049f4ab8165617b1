import type { problems } from '@async-chatbot/shared/problems';
import type { Fault, Problem, ProblemCode } from '../schemas.ts';
import { brand } from './brand.ts';

/** The codes of the problems that have this status; of any status, all of them. */
export type CodeOf<Status extends number> = number extends Status
  ? ProblemCode
  : { [Code in ProblemCode]: (typeof problems)[Code]['status'] extends Status ? Code : never }[ProblemCode];

/**
 * There was an answer, and it was not a success. Most statuses have a class of their own, such as `NotFoundError`.
 *
 * @example
 * try {
 *   await client.messages.edit(id, { content });
 * } catch (error) {
 *   if (error instanceof ApiError && error.code === 'message-not-found') return undefined;
 *   throw error;
 * }
 */
export class ApiError<Status extends number = number> extends Error {
  static {
    brand(ApiError, 'ApiError');
  }

  /** Without it, `instanceof` would leave the status open to anything. */
  declare static readonly [Symbol.hasInstance]: (candidate: unknown) => candidate is ApiError;

  /** The HTTP status of the answer. */
  declare readonly status: Status;
  /** What went wrong, as a word to branch on; `undefined` when a proxy or another server answered in the API's place. */
  declare readonly code: CodeOf<Status> | undefined;
  /** The whole problem, as the API told it; `undefined` exactly when `code` is. */
  declare readonly problem: Problem | undefined;
  /** The id of the request in the server's log; quote it when you report a fault. */
  declare readonly requestId: string | undefined;
  /** Every fault of an invalid request; empty for any other problem. */
  declare readonly errors: readonly Fault[];
  /** How many seconds to wait before the next attempt, as the `Retry-After` of a 429 or 503 tells; `undefined` without. */
  declare readonly retryAfterSeconds: number | undefined;

  constructor(status: Status, problem?: Problem, requestId = problem?.request_id, retryAfterSeconds?: number) {
    super(problem?.detail ?? `Something before the API answered, with status ${status}.`);
    const { code, errors = [] } = problem ?? {};
    Object.assign(this, { status, code, problem, requestId, errors, retryAfterSeconds });
  }
}
