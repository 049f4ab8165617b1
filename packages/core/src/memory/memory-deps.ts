import type { Deps } from '../deps.ts';
import type { Bot } from '../ports/bot.ts';
import type { GenerationTimings, TurnTimings } from '../turns/turn-timings.ts';
import { createTurns } from '../turns/turns.ts';
import { createUsage, type QuotaOptions } from '../usage.ts';
import { memoryConversationStore } from './conversation-store.ts';
import { memoryMessageStore } from './message-store.ts';
import { newIds } from './new-ids.ts';
import { memoryTable } from './table.ts';
import { memoryTurnStore } from './turn-store.ts';
import { memoryUsageCounters } from './usage-counters.ts';

/** A store in memory notifies of changes and ends with its process, so it needs neither leases nor polling. */
export const MEMORY_TIMINGS: GenerationTimings = {
  leaseMs: Number.POSITIVE_INFINITY,
  extendLeaseMs: Number.POSITIVE_INFINITY,
  tickMs: 0,
};

interface MemoryDepsOptions extends Pick<Deps, 'identity' | 'rateLimiter'> {
  bot: Bot;
  /** No quotas by default. */
  quota?: QuotaOptions;
  now?: () => Date;
  /** Whether to allow only one generation at a time in a conversation; true by default. */
  oneReplyAtATime?: boolean;
  /** Called with the error when the bot fails. */
  onFailure?: (error: unknown) => void;
  timings?: Partial<TurnTimings>;
}

/** Creates core's dependencies with stores in memory. `clear` deletes all stored data. */
export function memoryDeps({
  bot,
  identity,
  rateLimiter,
  quota = { reserveTokens: 0 },
  now = () => new Date(),
  oneReplyAtATime = true,
  onFailure = () => undefined,
  timings,
}: MemoryDepsOptions): { deps: Deps; clear: () => void } {
  const table = memoryTable();
  const messages = memoryMessageStore(table, now);
  const conversations = memoryConversationStore(table);
  const store = memoryTurnStore(table, now);
  const usage = createUsage(memoryUsageCounters(table), quota, now);
  const newId = newIds(now);
  const turns = createTurns(
    { bot, messages, conversations, store, usage, oneReplyAtATime, onFailure, now, newId },
    { generation: MEMORY_TIMINGS, ...timings },
  );
  const readiness = { report: () => ({ isReady: true, dependencies: [] }) };
  return {
    deps: { identity, messages, conversations, turns, usage, rateLimiter, readiness, now, newId },
    clear: () => table.clear(),
  };
}
