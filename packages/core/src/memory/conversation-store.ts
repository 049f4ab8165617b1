import type { Conversation, ConversationStore } from '../ports/conversation-store.ts';
import { messagePrefix } from './message-item.ts';
import { pageOf } from './page.ts';
import type { MemoryTable } from './table.ts';
import { lockKey } from './turn-store.ts';

const PREFIX = 'C#';

export function memoryConversationStore(table: MemoryTable): ConversationStore {
  const read = (userId: string, id: string) => table.get<Conversation>(userId, PREFIX + id);

  function change(userId: string, id: string, fields: Partial<Conversation>): Conversation | undefined {
    const before = read(userId, id);
    if (!before) return undefined;
    const changed = { ...before, ...fields };
    table.put(userId, PREFIX + id, changed);
    return { ...changed };
  }

  return {
    async list(userId, page) {
      const items = table.under<Conversation>(userId, PREFIX);
      const byId = items.map(([key, conversation]) => [key.slice(PREFIX.length), { ...conversation }] as const);
      const { items: conversations, ...next } = pageOf(byId, page);
      return { conversations, ...next };
    },

    async get(userId, id) {
      const found = read(userId, id);
      return found && { ...found };
    },

    async create(userId, conversation) {
      // A repeat must not undo a later change.
      if (!read(userId, conversation.id_conversation))
        table.put(userId, PREFIX + conversation.id_conversation, { ...conversation });
    },

    rename: async (userId, id, { title, updated_at }) => change(userId, id, { title, updated_at }),

    async touch(userId, id, { title, at }) {
      return change(userId, id, { title: read(userId, id)?.title ?? title, updated_at: at }) !== undefined;
    },

    async delete(userId, id) {
      if (!read(userId, id)) return false;
      const conversation = { userId, id_conversation: id };
      table.delete(userId, PREFIX + id);
      table.deleteUnder(userId, messagePrefix(conversation));
      table.delete(userId, lockKey(conversation));
      return true;
    },
  };
}
