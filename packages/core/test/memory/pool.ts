import { type UserPoolOptions, userPool } from '@async-chatbot/core/memory/user-pool';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
export const ADA = { email: 'canary-ada@example.com', password: 'canary-1' };

/** A pool whose ids, tokens and codes count up, and whose clock only tests advance. */
export function startPool(options: Partial<UserPoolOptions> = {}) {
  let nowMs = Date.UTC(2026, 10, 26);
  let count = 0;
  const sent: string[] = [];
  const pool = userPool({
    now: () => new Date(nowMs),
    newId: () => `id-${++count}`,
    newRefreshToken: () => `refresh-${++count}`,
    newCode: () => String(100_000 + ++count),
    onCode: ({ code }) => sent.push(code),
    ...options,
  });
  return {
    ...pool,
    newestCode: () => sent.at(-1) ?? '',
    passes(ms: number) {
      nowMs += ms;
    },
    stored: () => JSON.stringify(pool.exportState()),
  };
}

/** The result of an operation that must succeed. */
export function made<Outcome>(outcome: Outcome): Exclude<Outcome, string> {
  if (typeof outcome === 'string') throw new Error(`Unexpected outcome: ${outcome}`);
  // The cast: TypeScript does not narrow a type parameter to its parts.
  return outcome as Exclude<Outcome, string>;
}
