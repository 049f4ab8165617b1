import { ConnectionError } from '../errors/connection-error.ts';
import { TimeoutError } from '../errors/timeout-error.ts';
import { anySignal } from './any-signal.ts';
import { unlessAborted } from './unless-aborted.ts';

/** Watches over one request, from its sending to the last byte of its answer. */
export interface Watch {
  /** Aborted by the caller's signal, and by a `TimeoutError`. */
  readonly signal: AbortSignal;
  /** Waits for something to come, no longer than one may. */
  during<Result>(act: () => Promise<Result>): Promise<Result>;
  /** Throws what a call is told when this much of its answer came, and no more. */
  lost(cause: unknown, much?: string): never;
}

/** Whoever asks for more has no limit within 24 days; a longer one would overflow. */
const LONGEST_MS = 2 ** 31 - 1;

/** A watch that lets nothing take longer than `timeoutMs`, and nothing go on after the call's signal. */
export function watchOver(request: string, timeoutMs: number, call: { readonly signal?: AbortSignal }): Watch {
  const own = new AbortController();
  const signal = anySignal(own.signal, call.signal);

  return {
    signal,

    async during(act) {
      signal.throwIfAborted();
      const expire = () => own.abort(new TimeoutError(`Nothing came of ${request} within ${timeoutMs} ms`));
      const timer = setTimeout(expire, Math.min(timeoutMs, LONGEST_MS));
      return unlessAborted(act(), signal).finally(() => clearTimeout(timer));
    },

    lost(cause, much = 'Only a part of the answer') {
      signal.throwIfAborted();
      throw new ConnectionError(`${much} to ${request}`, { cause });
    },
  };
}
