import type { TurnStore } from '../ports/turn-store.ts';
import { memoryConversationLocks } from './conversation-locks.ts';
import { memoryIdempotencyKeys } from './idempotency-keys.ts';
import { memoryReplies } from './replies.ts';
import type { MemoryTable } from './table.ts';

export function memoryTurnStore(table: MemoryTable, now: () => Date): TurnStore {
  return {
    ...memoryIdempotencyKeys(table, now),
    ...memoryConversationLocks(table, now),
    ...memoryReplies(table, now),
  };
}
