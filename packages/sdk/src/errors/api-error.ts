import type { problems } from '@async-chatbot/shared/problems';
import type { Fault, Problem, ProblemCode } from '../schemas.ts';
import { brand } from './brand.ts';

/** The codes of the problems with this status; all codes if the status is `number`. */
export type CodeOf<Status extends number> = number extends Status
  ? ProblemCode
  : { [Code in ProblemCode]: (typeof problems)[Code]['status'] extends Status ? Code : never }[ProblemCode];

/**
 * A response other than a success. Most statuses have a class of their own, such as `NotFoundError`.
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

  /** Without this declaration, `instanceof` does not narrow the status. */
  declare static readonly [Symbol.hasInstance]: (candidate: unknown) => candidate is ApiError;

  /** The HTTP status of the response. */
  declare readonly status: Status;
  /** The code of the problem. `undefined` if the response comes from a proxy or another server. */
  declare readonly code: CodeOf<Status> | undefined;
  /** The problem document (RFC 9457). `undefined` if `code` is. */
  declare readonly problem: Problem | undefined;
  /** The id of the request in the server's log, if known. Quote it in bug reports. */
  declare readonly requestId: string | undefined;
  /** The validation errors of an invalid request; empty for any other problem. */
  declare readonly errors: readonly Fault[];
  /** How many seconds to wait before the next attempt, from the `Retry-After` header of the response, if it has one. */
  declare readonly retryAfterSeconds: number | undefined;

  constructor(status: Status, problem?: Problem, requestId = problem?.request_id, retryAfterSeconds?: number) {
    super(
      problem?.detail ?? `Unexpected response with status ${status}, not from the API. Check baseUrl and any proxy.`,
    );
    const { code, errors = [] } = problem ?? {};
    Object.assign(this, { status, code, problem, requestId, errors, retryAfterSeconds });
  }
}
