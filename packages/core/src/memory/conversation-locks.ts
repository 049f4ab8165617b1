import type { TurnStore } from '../ports/turn-store.ts';
import { type MemoryTable, messagePrefix } from './table.ts';

export function memoryConversationLocks({ locks }: MemoryTable, now: () => Date): Pick<TurnStore, 'lock' | 'unlock'> {
  return {
    async lock({ conversation, id_reply }, leaseMs) {
      const key = messagePrefix(conversation);
      const nowMs = now().getTime();
      const held = locks.get(conversation.userId, key);
      if (held && held.id_reply !== id_reply && held.leaseEndMs > nowMs) return false;
      locks.set(conversation.userId, key, { id_reply, leaseEndMs: nowMs + leaseMs });
      return true;
    },

    async unlock({ conversation, id_reply }) {
      const key = messagePrefix(conversation);
      if (locks.get(conversation.userId, key)?.id_reply === id_reply) locks.delete(conversation.userId, key);
    },
  };
}
