import type { Conversation, ConversationStore } from '../ports/conversation-store.ts';
import { pageOf } from './page.ts';
import { chunkPrefix, type MemoryTable, messagePrefix } from './table.ts';

export function memoryConversationStore(table: MemoryTable): ConversationStore {
  const { conversations, messages, chunks, locks } = table;

  function change(userId: string, id: string, fields: (before: Conversation) => Partial<Conversation>) {
    const before = conversations.get(userId, id);
    const changed = before && { ...before, ...fields(before) };
    if (changed) conversations.set(userId, id, changed);
    return changed;
  }

  return {
    async list(userId, page) {
      const { items, ...next } = pageOf(conversations.withPrefix(userId, ''), page);
      return { conversations: items, ...next };
    },

    get: async (userId, id) => conversations.get(userId, id),

    async create(userId, conversation) {
      const { id_conversation } = conversation;
      // A retry must not undo a later change.
      if (!conversations.get(userId, id_conversation)) conversations.set(userId, id_conversation, conversation);
    },

    rename: async (userId, id, { title, updated_at }) => change(userId, id, () => ({ title, updated_at })),

    async touch(userId, id, sent) {
      const touched = change(userId, id, ({ title = sent.title }) => ({ title, updated_at: sent.at }));
      return touched !== undefined;
    },

    async delete(userId, id) {
      if (!conversations.get(userId, id)) return false;
      const prefix = messagePrefix({ userId, id_conversation: id });
      for (const [, { message }] of messages.withPrefix(userId, prefix))
        chunks.deleteWithPrefix(userId, chunkPrefix(message.id_message));
      messages.deleteWithPrefix(userId, prefix);
      locks.delete(userId, prefix);
      conversations.delete(userId, id);
      return true;
    },
  };
}
