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

/** Memory notifies of changes and does not crash: no lease has to be extended, and a generation needs no timer. */
export const MEMORY_TIMINGS: GenerationTimings = {
  leaseMs: Number.POSITIVE_INFINITY,
  heartbeatMs: Number.POSITIVE_INFINITY,
  tickMs: 0,
};

interface MemoryDepsOptions extends Pick<Deps, 'identity' | 'rateLimiter'> {
  bot: Bot;
  /** None if left out. */
  quota?: QuotaOptions;
  now?: () => Date;
  /** Whether a conversation has one generation at a time, as for a bot that reads its history. */
  oneReplyAtATime?: boolean;
  /** Receives the error of a bot that failed. */
  onFailure?: (error: unknown) => void;
  timings?: Partial<TurnTimings>;
}

/** Everything that core needs, in memory. `clear` deletes all that is stored. */
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
  return {
    deps: { identity, messages, conversations, turns, usage, rateLimiter, now, newId },
    clear: () => table.clear(),
  };
}
