import { memoryConversationStore } from '../../src/memory/conversation-store.ts';
import { memoryMessageStore } from '../../src/memory/message-store.ts';
import { memoryTable } from '../../src/memory/table.ts';
import { memoryTurnStore } from '../../src/memory/turn-store.ts';
import { memoryUsageCounters } from '../../src/memory/usage-counters.ts';
import type { StoresAt } from './stores.ts';

/** Stores on one table in memory. */
export function memoryStores(table = memoryTable()): StoresAt {
  return (aheadMs = 0) => {
    const now = () => new Date(Date.now() + aheadMs);
    return {
      messages: memoryMessageStore(table, now),
      conversations: memoryConversationStore(table),
      turns: memoryTurnStore(table, now),
      usage: memoryUsageCounters(table),
    };
  };
}
