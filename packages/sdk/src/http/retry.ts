import type { CallEntry, OperationId } from '@async-chatbot/api-spec';
import { calls } from '@async-chatbot/api-spec/calls';
import { ApiError } from '../errors/api-error.ts';
import { ConnectionError } from '../errors/connection-error.ts';
import type { ClientOptions } from '../options.ts';
import { anySignal } from './any-signal.ts';
import { backoffMs, pause } from './delay.ts';
import { withKey } from './idempotency-key.ts';
import type { Answer, AnyInput, Prepare } from './send-request.ts';

/** Makes a call of any operation. */
export type Request = (id: OperationId, input: AnyInput) => Promise<Answer>;

const DEFAULT_MAX_RETRIES = 2;

/** Makes a call that failed in passing again, if it may be made twice: it reads only, or it has a key. */
export function withRetries(prepare: Prepare, client: ClientOptions): Request {
  return async function requestWithRetries(id, input) {
    const { maxRetries = client.maxRetries ?? DEFAULT_MAX_RETRIES } = input;
    const signal = anySignal(client.signal, input.signal);
    const [, , , { keyed } = {}]: CallEntry = calls[id];
    const attempt = prepare(id, { ...(keyed ? withKey(input) : input), signal });
    for (let retries = 0; ; retries += 1) {
      try {
        return await attempt(retries);
      } catch (error) {
        await pause(retryDelayMs(id, error, retries < maxRetries, backoffMs(retries)), signal);
      }
    }
  };
}

/** How long to wait before a call is made again after this error, which is thrown if it must not be. */
export function retryDelayMs(id: OperationId, error: unknown, isAllowed: boolean, usualMs: number): number {
  const [method, , , { keyed } = {}]: CallEntry = calls[id];
  if (!isAllowed || (!keyed && method !== 'GET')) throw error;
  if (error instanceof ConnectionError) return usualMs;
  if (!(error instanceof ApiError)) throw error;
  const { status, code, retryAfterSeconds } = error;
  // Only an operator can change that.
  if (code === 'bot-misconfigured') throw error;
  // A quota is not refilled before the next day.
  const isBusy = (status === 429 && code !== 'quota-exceeded') || code === 'reply-in-progress';
  if (!isBusy && status !== 408 && status < 500) throw error;
  return retryAfterSeconds === undefined ? usualMs : retryAfterSeconds * 1000;
}
