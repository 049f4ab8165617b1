import type { OperationEntry, OperationId } from '@async-chatbot/api-spec';
import { operations } from '@async-chatbot/api-spec/operations';
import { ApiError } from '../errors/api-error.ts';
import { ConnectionError } from '../errors/connection-error.ts';
import type { ClientOptions } from '../options.ts';
import type { ProblemCode } from '../schemas.ts';
import { anySignal } from './any-signal.ts';
import { backoffMs, delay } from './delay.ts';
import { withIdempotencyKey } from './idempotency-key.ts';
import { type AnyOperationInput, type ApiResponse, DEFAULT_TIMEOUT_MS, type PrepareRequest } from './send-request.ts';

/** Sends the request of an operation. */
export type SendOperation = (id: OperationId, input: AnyOperationInput) => Promise<ApiResponse>;

const DEFAULT_MAX_RETRIES = 2;

/**
 * Retries requests after temporary failures if they are GET requests or have an idempotency key. While the user has too many
 * streams or replies, waits for one to end, for as long as the timeout; these attempts do not count.
 */
export function withRetries(prepareRequest: PrepareRequest, client: ClientOptions): SendOperation {
  return async function sendWithRetries(id, input) {
    const { maxRetries = client.maxRetries ?? DEFAULT_MAX_RETRIES } = input;
    const { timeoutMs = client.timeoutMs ?? DEFAULT_TIMEOUT_MS } = input;
    const startedAtMs = Date.now();
    const signal = anySignal(client.signal, input.signal);
    const { hasIdempotencyKey }: OperationEntry = operations[id];
    const sendRequest = prepareRequest(id, { ...(hasIdempotencyKey ? withIdempotencyKey(input) : input), signal });
    for (let retries = 0; ; retries += 1) {
      try {
        return await sendRequest(retries);
      } catch (error) {
        const delayMs = backoffMs(retries);
        if (maxRetries > 0 && isAtLimit(error) && Date.now() - startedAtMs < timeoutMs) retries -= 1;
        await delay(retryDelayMs(id, error, retries < maxRetries, delayMs), signal);
      }
    }
  };
}

const AT_LIMIT: ReadonlySet<string | undefined> = new Set<ProblemCode>(['too-many-replies', 'too-many-streams']);

/** Whether the user has as many streams or replies as allowed, so that the request can succeed when one of them ends. */
export const isAtLimit = (error: unknown): boolean => error instanceof ApiError && AT_LIMIT.has(error.code);

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
