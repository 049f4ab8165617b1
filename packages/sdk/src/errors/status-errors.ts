import { ApiError } from './api-error.ts';

/**
 * The class of the errors with one status. An `ApiError` is an instance of it by its status, so what a program does not ask
 * for is not loaded.
 */
export interface ApiErrorClass<Status extends number> {
  /** What `instanceof` asks. */
  [Symbol.hasInstance](candidate: unknown): candidate is ApiError<Status>;
}

/** 400: the request cannot be read, the code is not valid, or there are two credentials at once. */
export type BadRequestError = ApiError<400>;
/**
 * @example
 * if (error instanceof BadRequestError && error.code === 'code-invalid') askForTheCodeAgain();
 */
export const BadRequestError = /* @__PURE__ */ errorsOf(400);

/** 401: nobody is logged in, the session is over, or the password is wrong. */
export type AuthenticationError = ApiError<401>;
/**
 * @example
 * if (error instanceof AuthenticationError) showLogin();
 */
export const AuthenticationError = /* @__PURE__ */ errorsOf(401);

/** 403: the caller may not do this, or not in this way. */
export type PermissionDeniedError = ApiError<403>;
/**
 * @example
 * if (error instanceof PermissionDeniedError && error.code === 'wrong-password') askForThePasswordAgain();
 */
export const PermissionDeniedError = /* @__PURE__ */ errorsOf(403);

/** 404: there is no such message or conversation, or it is not the caller's. */
export type NotFoundError = ApiError<404>;
/**
 * @example
 * if (error instanceof NotFoundError) return undefined;
 */
export const NotFoundError = /* @__PURE__ */ errorsOf(404);

/** 409: what is there is in the way, such as a reply that is being written. */
export type ConflictError = ApiError<409>;
/**
 * @example
 * if (error instanceof ConflictError && error.code === 'email-taken') showLogin();
 */
export const ConflictError = /* @__PURE__ */ errorsOf(409);

/** 412: the message was changed since the version that `ifMatch` names. */
export type PreconditionFailedError = ApiError<412>;
/**
 * @example
 * if (error instanceof PreconditionFailedError) showBothVersions();
 */
export const PreconditionFailedError = /* @__PURE__ */ errorsOf(412);

/** 422: the request breaks a rule of the API, and `errors` names each fault; or a key was used for another message. */
export type UnprocessableEntityError = ApiError<422>;
/**
 * @example
 * if (error instanceof UnprocessableEntityError) for (const { pointer, message } of error.errors) show(pointer, message);
 */
export const UnprocessableEntityError = /* @__PURE__ */ errorsOf(422);

/** 429: too much was asked for; `retryAfterSeconds` tells when to try again. */
export type RateLimitError = ApiError<429>;
/**
 * @example
 * if (error instanceof RateLimitError) show(`Try again in ${error.retryAfterSeconds} s.`);
 */
export const RateLimitError = /* @__PURE__ */ errorsOf(429);

/** 500 and above: the API, or something before it, failed; nothing in the request is the cause. */
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
