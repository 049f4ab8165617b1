import { activityOf } from '@async-chatbot/shared/cursor';
import type { Conversation, ConversationStore } from '../ports/conversation-store.ts';
import { activityPageOf, pageOf } from './page.ts';
import { chunkPrefix, type MemoryTable, messagePrefix } from './table.ts';

export function memoryConversationStore(table: MemoryTable): ConversationStore {
  const { conversations, messages, chunks, locks } = table;

  function change(userId: string, id: string, at: string, titleOf: (before: Conversation) => string) {
    const before = conversations.get(userId, id);
    if (!before) return undefined;
    // Servers' clocks differ, and requests may arrive late.
    const updated_at = at > before.updated_at ? at : before.updated_at;
    const changed = { ...before, title: titleOf(before), updated_at };
    conversations.set(userId, id, changed);
    return changed;
  }

  return {
    async list(userId, page) {
      const all = conversations
        .withPrefix(userId, '')
        .map(([, each]): [string, Conversation] => [activityOf(each), each]);
      const { items, ...next } = activityPageOf(all, page);
      return { conversations: items, ...next };
    },

    async listById(userId, page) {
      const { items, ...next } = pageOf(conversations.withPrefix(userId, ''), page);
      return { conversations: items, ...next };
    },

    get: async (userId, id) => conversations.get(userId, id),

    async create(userId, conversation) {
      const { id_conversation } = conversation;
      // A retry must not undo a later change.
      if (!conversations.get(userId, id_conversation)) conversations.set(userId, id_conversation, conversation);
    },

    rename: async (userId, id, { title, updated_at }) => change(userId, id, updated_at, () => title),

    touch: async (userId, id, sent) => change(userId, id, sent.at, ({ title = sent.title }) => title) !== undefined,

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
