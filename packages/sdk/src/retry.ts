import { operations } from '@async-chatbot/api-spec/operations';
import { ApiError } from './api-error.ts';
import type { AnyInput } from './attempt.ts';
import { ConnectionError } from './connection-error.ts';
import { idempotencyKey } from './idempotency-key.ts';
import type { OperationId } from './operation.ts';
import { backoffMs, pause } from './pause.ts';
import type { Request } from './session.ts';

const KEY = 'Idempotency-Key';
const DEFAULT_MAX_RETRIES = 2;

/** Makes a call that failed in passing again, if it may be made twice: it reads only, or it is a send with its key. */
export function withRetries(request: Request, clientMaxRetries = DEFAULT_MAX_RETRIES): Request {
  return async function requestWithRetries(id, input = {}) {
    const { maxRetries = clientMaxRetries, signal } = input;
    const call = id === 'sendMessage' ? { ...input, header: withKey(input.header) } : input;
    for (let attempts = 0; ; attempts += 1) {
      try {
        return await request(id, call);
      } catch (error) {
        if (attempts >= maxRetries || !isRetryable(id, error)) throw error;
        await pause(retryAfterMs(error) ?? backoffMs(attempts), signal);
      }
    }
  };
}

function withKey(header: AnyInput['header']): object {
  const given = new Map<string, unknown>(Object.entries(header ?? {}));
  return { ...header, [KEY]: given.get(KEY) ?? idempotencyKey() };
}

/** Whether a call may be made again after this error; of the calls that change something, only a send has a key. */
export function isRetryable(id: OperationId, error: unknown): boolean {
  const isSend = id === 'sendMessage';
  if (!isSend && operations[id].method !== 'GET') return false;
  if (error instanceof ConnectionError) return true;
  if (!(error instanceof ApiError)) return false;
  const { status, code = '' } = error;
  if (status === 409) return code === 'reply-in-progress';
  // A quota is not refilled before the next day.
  if (status === 429) return ['too-many-requests', 'too-many-streams'].includes(code);
  return [408, 502, 503, 504].includes(status);
}

/** The wait that the server asks for. */
export function retryAfterMs(error: unknown): number | undefined {
  if (!(error instanceof ApiError) || error.retryAfterSeconds === undefined) return undefined;
  return error.retryAfterSeconds * 1000;
}
