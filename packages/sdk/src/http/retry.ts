import type { OperationEntry, OperationId } from '@async-chatbot/api-spec';
import { operations } from '@async-chatbot/api-spec/operations';
import { ApiError } from '../errors/api-error.ts';
import { ConnectionError } from '../errors/connection-error.ts';
import type { ClientOptions } from '../options.ts';
import { anySignal } from './any-signal.ts';
import { backoffMs, delay } from './delay.ts';
import { withIdempotencyKey } from './idempotency-key.ts';
import type { AnyOperationInput, ApiResponse, PrepareRequest } from './send-request.ts';

/** Sends the request of an operation. */
export type SendOperation = (id: OperationId, input: AnyOperationInput) => Promise<ApiResponse>;

const DEFAULT_MAX_RETRIES = 2;

/** Retries requests after temporary failures if they are GET requests or have an idempotency key. */
export function withRetries(prepareRequest: PrepareRequest, client: ClientOptions): SendOperation {
  return async function sendWithRetries(id, input) {
    const { maxRetries = client.maxRetries ?? DEFAULT_MAX_RETRIES } = input;
    const signal = anySignal(client.signal, input.signal);
    const { hasIdempotencyKey }: OperationEntry = operations[id];
    const sendRequest = prepareRequest(id, { ...(hasIdempotencyKey ? withIdempotencyKey(input) : input), signal });
    for (let retries = 0; ; retries += 1) {
      try {
        return await sendRequest(retries);
      } catch (error) {
        await delay(retryDelayMs(id, error, retries < maxRetries, backoffMs(retries)), signal);
      }
    }
  };
}

/** Returns how many milliseconds to wait before the retry. Throws the error if the request must not be retried. */
export function retryDelayMs(id: OperationId, error: unknown, isAllowed: boolean, defaultMs: number): number {
  const { method, hasIdempotencyKey }: OperationEntry = operations[id];
  if (!isAllowed || (!hasIdempotencyKey && method !== 'GET')) throw error;
  if (error instanceof ConnectionError) return defaultMs;
  if (!(error instanceof ApiError)) throw error;
  const { status, code, retryAfterSeconds } = error;
  // Only an operator can fix the configuration.
  if (code === 'bot-misconfigured') throw error;
  // A quota resets only at the end of the day.
  const isBusy = (status === 429 && code !== 'quota-exceeded') || code === 'reply-in-progress';
  if (!isBusy && status !== 408 && status < 500) throw error;
  return retryAfterSeconds === undefined ? defaultMs : retryAfterSeconds * 1000;
}
