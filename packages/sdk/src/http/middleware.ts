import type { OperationId } from '@async-chatbot/api-spec';

/** A request as it is about to be sent: what `fetch` takes, and what it is for. */
export interface AttemptRequest extends RequestInit {
  /** The operation that is called. */
  readonly operationId: OperationId;
  /** How often this call was made before; 0 for the first time. */
  readonly retries: number;
  /** The HTTP method. */
  readonly method: string;
  /** Aborted by the caller, and when the attempt takes too long. */
  readonly signal: AbortSignal;
  /** Where it goes, with its query; another one may be set. */
  url: string;
  /** What may be added to and taken from. */
  headers: Headers;
}

/** Sends a request, and resolves to its answer, whatever its status. */
export type Next = (request: AttemptRequest) => Promise<Response>;

/**
 * Something that every attempt goes through, retries and refreshes of the session included. It may change the request,
 * look at the answer, or give one itself. An answer whose body it reads it must `clone()` first.
 *
 * @example
 * const traced: Middleware = (request, next) => {
 *   request.headers.set('traceparent', newTrace());
 *   return next(request);
 * };
 */
export type Middleware = (request: AttemptRequest, next: Next) => Promise<Response>;
