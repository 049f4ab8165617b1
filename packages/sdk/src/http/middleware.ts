import type { OperationId } from '@async-chatbot/api-spec';

/** A request before it is sent: the options of `fetch`, and the operation. */
export interface AttemptRequest extends RequestInit {
  /** The operation of the request. */
  readonly operationId: OperationId;
  /** The number of attempts before this one. */
  readonly retries: number;
  /** The HTTP method. */
  readonly method: string;
  /** Aborted by the signals of the call and the client, and by the timeout. */
  readonly signal: AbortSignal;
  /** The URL with its query. A middleware may replace it. */
  url: string;
  /** The headers. A middleware may change them. */
  headers: Headers;
}

/** Sends a request and resolves to its response, whatever the status. Rejects with a `ConnectionError` if there is none. */
export type Next = (request: AttemptRequest) => Promise<Response>;

/**
 * Wraps every attempt, including retries and session refreshes. It may change the request, inspect the response, or return a
 * response of its own. To read the body of a response, `clone()` the response first. An error that it throws rejects the call.
 *
 * @example
 * const traced: Middleware = (request, next) => {
 *   request.headers.set('traceparent', newTrace());
 *   return next(request);
 * };
 */
export type Middleware = (request: AttemptRequest, next: Next) => Promise<Response>;
