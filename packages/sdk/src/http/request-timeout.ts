import { ConnectionError } from '../errors/connection-error.ts';
import { TimeoutError } from '../errors/timeout-error.ts';
import { anySignal } from './any-signal.ts';
import { unlessAborted } from './unless-aborted.ts';

/** Limits each step of a request, from sending it to the last byte of its response. */
export interface RequestTimeout {
  /** Aborted by the signal of the call, or with a `TimeoutError`. */
  readonly signal: AbortSignal;
  /** Runs a step. Rejects with a `TimeoutError` if it takes longer than the timeout. */
  limit<Result>(step: () => Promise<Result>): Promise<Result>;
  /** Throws the reason of the signal if it is aborted, or else a `ConnectionError` with this cause. */
  fail(cause: unknown, what?: string): never;
}

/** `setTimeout` overflows with a longer delay and fires immediately. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/** Each call of `limit` starts a timer of its own, so that a stream may last longer than `timeoutMs`. */
export function requestTimeout(
  request: string,
  timeoutMs: number,
  call: { readonly signal?: AbortSignal },
): RequestTimeout {
  const controller = new AbortController();
  const signal = anySignal(controller.signal, call.signal);

  return {
    signal,

    async limit(step) {
      signal.throwIfAborted();
      const expire = () => controller.abort(new TimeoutError(`No data from ${request} within ${timeoutMs} ms`));
      const timer = setTimeout(expire, Math.min(timeoutMs, MAX_TIMEOUT_MS));
      return unlessAborted(step(), signal).finally(() => clearTimeout(timer));
    },

    fail(cause, what = 'Incomplete response') {
      signal.throwIfAborted();
      throw new ConnectionError(`${what} to ${request}`, { cause });
    },
  };
}
