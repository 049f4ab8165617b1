/** The pipeline on adapters in memory, as a host calls it. */
import { vi } from 'vitest';
import type { HttpRequest, RequestRecord } from '../../src/http/handle.ts';
import { createPipeline, type PipelineOptions } from '../../src/http/pipeline.ts';
import { memoryIdentity } from '../../src/memory/identity.ts';
import { memoryDeps } from '../../src/memory/memory-deps.ts';
import { memoryRateLimiter } from '../../src/memory/rate-limiter.ts';
import { userPool } from '../../src/memory/user-pool.ts';
import type { Bot } from '../../src/ports/bot.ts';
import type { RateLimitName } from '../../src/ports/rate-limiter.ts';
import { PER_MINUTE } from '../ports/rate-limit-samples.ts';

export const CREDENTIALS = { email: 'canary@example.com', password: 'canary-Password-1' };

interface MemoryPipelineOptions extends Partial<PipelineOptions> {
  perMinute?: Partial<Record<RateLimitName, number>>;
  bot?: Bot;
}

async function* instantBot() {
  yield 'canary';
}

export function memoryPipeline({ perMinute, bot = instantBot, ...options }: MemoryPipelineOptions = {}) {
  const now = () => new Date();
  const newToken = () => crypto.randomUUID();
  const newCode = () => '123456';
  const pool = userPool({ now, newId: newToken, newRefreshToken: newToken, newCode, onCode: () => undefined });
  const { deps } = memoryDeps({
    bot,
    identity: memoryIdentity(pool, { registration: 'open', now, newToken }),
    rateLimiter: memoryRateLimiter({ ...PER_MINUTE, ...perMinute }, now),
    now,
  });
  const cookies = { secure: false, sameSite: 'lax' } as const;
  const handle = createPipeline(deps, { cookies, allowedOrigins: [], ...options });

  /** Sends a request; `json` is its body, and `readBody` whether that was read. */
  async function send(
    method: string,
    path: string,
    { json, ...request }: Partial<HttpRequest> & { json?: unknown } = {},
  ) {
    const record: RequestRecord = { requestId: crypto.randomUUID() };
    const readBody = vi.fn(async () => json);
    const { status, headers, body } = await handle(
      {
        method,
        path,
        query: {},
        headers: { 'content-type': 'application/json' },
        cookies: {},
        address: () => '203.0.113.5',
        signal: () => new AbortController().signal,
        readBody,
        ...request,
      },
      record,
    );
    const document = typeof body === 'string' ? JSON.parse(body) : undefined;
    return { status, headers: new Headers(headers), body, document, record, readBody };
  }

  /** Registers a user, logs in and returns the cookies of the session. */
  async function login(): Promise<Record<string, string>> {
    await send('POST', '/users/register', { json: CREDENTIALS });
    const { headers } = await send('POST', '/users/login', { json: CREDENTIALS });
    return Object.fromEntries(headers.getSetCookie().map((cookie) => cookie.slice(0, cookie.indexOf(';')).split('=')));
  }

  return { send, login, deps };
}
