import { MEMORY_TIMINGS } from '../../src/memory/memory-deps.ts';
import { newIds } from '../../src/memory/new-ids.ts';
import { memoryTable } from '../../src/memory/table.ts';
import { memoryUsageCounters } from '../../src/memory/usage-counters.ts';
import type { Bot } from '../../src/ports/bot.ts';
import type { TurnStore } from '../../src/ports/turn-store.ts';
import type { ReplySlotLimits } from '../../src/turns/reply-slots.ts';
import type { TurnTimings } from '../../src/turns/turn-timings.ts';
import { createTurns } from '../../src/turns/turns.ts';
import { createUsage } from '../../src/usage.ts';
import { memoryStores } from './memory-stores.ts';

interface MemoryTurnsOptions {
  table?: ReturnType<typeof memoryTable>;
  timings?: Partial<TurnTimings>;
  oneReplyAtATime?: boolean;
  aheadMs?: number;
  replyLimits?: ReplySlotLimits;
  /** Replaces methods of the store. */
  overrides?: (store: TurnStore) => Partial<TurnStore>;
}

/** The turns of one process, and its stores. Processes with the same table share their data. */
export function memoryTurns(
  bot: Bot,
  {
    table = memoryTable(),
    timings,
    oneReplyAtATime = false,
    aheadMs = 0,
    replyLimits,
    overrides,
  }: MemoryTurnsOptions = {},
) {
  const now = () => new Date(Date.now() + aheadMs);
  const stores = memoryStores(table)(aheadMs);
  const store = { ...stores.turns, ...overrides?.(stores.turns) };
  const usage = createUsage(memoryUsageCounters(table), { messagesPerDay: 100, reserveTokens: 0 }, now);
  const turns = createTurns(
    { bot, ...stores, store, usage, replyLimits, oneReplyAtATime, onFailure: () => undefined, now, newId: newIds(now) },
    { generation: MEMORY_TIMINGS, ...timings },
  );
  return { table, turns, store, usage, messages: stores.messages, conversations: stores.conversations };
}
