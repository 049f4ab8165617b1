import { AsyncLocalStorage } from 'node:async_hooks';
import type { RequestScope } from '@async-chatbot/core/turns/request-scope';
import { Problem } from '@async-chatbot/shared/problem';

/** How long the calls of a request to DynamoDB and Cognito may take together. */
export const REQUEST_MS = 10_000;

/** The signals of a request, created on demand, since creating them takes time. */
export interface RequestSignals {
  /** Aborted when the client disconnects, and `REQUEST_MS` after this is first called. Undefined while a response is streamed. */
  deadline?: (() => AbortSignal) | undefined;
  /** Aborted when the client disconnects. */
  disconnected: () => AbortSignal;
}

/** The current request. */
export interface RequestInfo {
  id?: string | undefined;
  /** Undefined for work that outlives the request. */
  signals?: RequestSignals;
}

/** Passes the request to all of its calls. Undefined outside requests. */
export type RequestContext = AsyncLocalStorage<RequestInfo | undefined>;

export const requestContext = (): RequestContext => new AsyncLocalStorage();

/** Runs a function outside the request in progress, so that its calls outlive it. */
export const detach = <Result>(context: RequestContext, run: () => Result): Result =>
  context.run({ id: context.getStore()?.id }, run);

/** Aborted when the current request must make no more calls. Undefined outside requests. */
export function requestSignal(context: RequestContext): AbortSignal | undefined {
  const { deadline, disconnected } = context.getStore()?.signals ?? {};
  return (deadline ?? disconnected)?.();
}

export const requestScope = (context: RequestContext): RequestScope => ({
  assertOpen() {
    const { aborted, reason } = requestSignal(context) ?? {};
    if (aborted) throw new Problem('service-unavailable', { cause: reason });
  },
  detach: (run) => detach(context, run),
});
