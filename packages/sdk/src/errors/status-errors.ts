import { ApiError } from './api-error.ts';

/**
 * The class of the errors with one status. `instanceof` compares the status of an `ApiError`. There is no real class, so
 * bundlers can drop those that a program does not use.
 */
export interface ApiErrorClass<Status extends number> {
  /** Implements `instanceof`. */
  [Symbol.hasInstance](candidate: unknown): candidate is ApiError<Status>;
}

/** 400: the request is malformed, a code is invalid, or the request has two kinds of credentials. */
export type BadRequestError = ApiError<400>;
/**
 * @example
 * if (error instanceof BadRequestError && error.code === 'code-invalid') askForTheCodeAgain();
 */
export const BadRequestError = /* @__PURE__ */ errorsOf(400);

/** 401: there is no session, it has ended, or the password is wrong. */
export type AuthenticationError = ApiError<401>;
/**
 * @example
 * if (error instanceof AuthenticationError) showLogin();
 */
export const AuthenticationError = /* @__PURE__ */ errorsOf(401);

/** 403: the user is not allowed to do this, or must meet a condition first, such as a recent login. */
export type PermissionDeniedError = ApiError<403>;
/**
 * @example
 * if (error instanceof PermissionDeniedError && error.code === 'wrong-password') askForThePasswordAgain();
 */
export const PermissionDeniedError = /* @__PURE__ */ errorsOf(403);

/** 404: the message or conversation does not exist, or belongs to another user. */
export type NotFoundError = ApiError<404>;
/**
 * @example
 * if (error instanceof NotFoundError) return undefined;
 */
export const NotFoundError = /* @__PURE__ */ errorsOf(404);

/** 409: the request conflicts with the current state, such as a reply in progress. */
export type ConflictError = ApiError<409>;
/**
 * @example
 * if (error instanceof ConflictError && error.code === 'email-taken') showLogin();
 */
export const ConflictError = /* @__PURE__ */ errorsOf(409);

/** 412: the message has changed since the version in `ifMatch`. */
export type PreconditionFailedError = ApiError<412>;
/**
 * @example
 * if (error instanceof PreconditionFailedError) showBothVersions();
 */
export const PreconditionFailedError = /* @__PURE__ */ errorsOf(412);

/** 422: the request is invalid (see `errors`), or the idempotency key was used for another message. */
export type UnprocessableEntityError = ApiError<422>;
/**
 * @example
 * if (error instanceof UnprocessableEntityError) for (const { pointer, message } of error.errors) show(pointer, message);
 */
export const UnprocessableEntityError = /* @__PURE__ */ errorsOf(422);

/** 429: a rate limit or quota is exceeded. `retryAfterSeconds` says when to retry. */
export type RateLimitError = ApiError<429>;
/**
 * @example
 * if (error instanceof RateLimitError) show(`Try again in ${error.retryAfterSeconds} s.`);
 */
export const RateLimitError = /* @__PURE__ */ errorsOf(429);

/** 500 and above: the API or a proxy failed. The request itself is not the cause. */
export type ServerError = ApiError<500 | 502 | 503 | 504>;
/**
 * @example
 * if (error instanceof ServerError) show('The service is down.');
 */
export const ServerError = /* @__PURE__ */ errorsOf<500 | 502 | 503 | 504>(500, 599);

function errorsOf<Status extends number>(first: Status, last: number = first): ApiErrorClass<Status> {
  return {
    [Symbol.hasInstance]: (candidate): candidate is ApiError<Status> =>
      candidate instanceof ApiError && candidate.status >= first && candidate.status <= last,
  };
}
