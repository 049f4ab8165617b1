import type { TurnStore } from '../ports/turn-store.ts';
import { type MemoryTable, messagePrefix } from './table.ts';

export function memoryConversationLocks({ locks }: MemoryTable, now: () => Date): Pick<TurnStore, 'lock' | 'unlock'> {
  return {
    async lock({ conversation, holder }, leaseMs) {
      const key = messagePrefix(conversation);
      const nowMs = now().getTime();
      const held = locks.get(conversation.userId, key);
      if (held && held.holder !== holder && held.leaseEndMs > nowMs) return false;
      locks.set(conversation.userId, key, { holder, leaseEndMs: nowMs + leaseMs });
      return true;
    },

    async unlock({ conversation, holder }) {
      const key = messagePrefix(conversation);
      if (locks.get(conversation.userId, key)?.holder === holder) locks.delete(conversation.userId, key);
    },
  };
}
