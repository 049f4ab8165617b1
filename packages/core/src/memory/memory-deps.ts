import { v7 } from 'uuid';
import type { Deps } from '../deps.ts';
import type { Bot } from '../ports/bot.ts';
import type { Identity } from '../ports/identity.ts';
import type { RateLimiter } from '../ports/rate-limiter.ts';
import type { GenerationTimings } from '../turns/generation-timings.ts';
import { createTurns } from '../turns/turns.ts';
import { createUsage, type QuotaOptions } from '../usage.ts';
import { memoryConversationStore } from './conversation-store.ts';
import { memoryMessageStore } from './message-store.ts';
import { memoryTable } from './table.ts';
import { memoryTurnStore } from './turn-store.ts';
import { memoryUsageCounters } from './usage-counters.ts';

/** Memory announces its changes and does not crash, so nothing has to be repeated, and no timer keeps a process alive. */
export const MEMORY_TIMINGS: GenerationTimings = {
  leaseMs: Number.POSITIVE_INFINITY,
  heartbeatMs: Number.POSITIVE_INFINITY,
  tickMs: 0,
};

export interface MemoryDepsOptions {
  bot: Bot;
  identity: Identity;
  rateLimiter: RateLimiter;
  now: () => Date;
  /** None if left out. */
  quota?: QuotaOptions;
}

/** Everything that core needs, in memory. `clear` deletes all that is stored. */
export function memoryDeps({ bot, identity, rateLimiter, now, quota }: MemoryDepsOptions) {
  const table = memoryTable();
  let count = 0;
  // Sorts by time, and by number within a millisecond.
  const newId = () => v7({ msecs: now().getTime(), seq: count++ });
  const messages = memoryMessageStore(table, now);
  const conversations = memoryConversationStore(table);
  const usage = createUsage(memoryUsageCounters(table), quota ?? { reserveTokens: 0 }, now);
  const store = memoryTurnStore(table, now);
  const turns = createTurns(
    { bot, messages, conversations, store, usage, oneReplyAtATime: true, onFailure: () => undefined, now, newId },
    { generation: MEMORY_TIMINGS },
  );
  const deps: Deps = { identity, messages, conversations, turns, usage, rateLimiter, now, newId };
  return { deps, clear: table.clear };
}
