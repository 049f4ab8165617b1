import type { ConversationKey, Message, Versions } from '../ports/message.ts';
import type { MessageStore } from '../ports/message-store.ts';
import { toMessage } from './message-item.ts';
import { pageOf } from './page.ts';
import { chunkPrefix, type MemoryTable, messageKey, messagePrefix } from './table.ts';

export function memoryMessageStore(table: MemoryTable, now: () => Date): MessageStore {
  const read = (conversation: ConversationKey, id: string) =>
    table.messages.get(conversation.userId, messageKey(conversation, id));

  function change(
    conversation: ConversationKey,
    id: string,
    isBot: boolean,
    fields: Partial<Message>,
    versions?: Versions,
  ): Message | undefined {
    const item = read(conversation, id);
    if (item?.message.is_bot !== isBot || !hasVersion(item.message, versions)) return undefined;
    const changed = { ...item, message: { ...item.message, ...fields, version: item.message.version + 1 } };
    table.messages.set(conversation.userId, messageKey(conversation, id), changed);
    return toMessage(changed, now());
  }

  return {
    async list(conversation, page) {
      const prefix = messagePrefix(conversation);
      const all = table.messages.withPrefix(conversation.userId, prefix);
      const { items, ...next } = pageOf(
        all.map(([key, item]) => [key.slice(prefix.length), item]),
        page,
      );
      return { messages: items.map((item) => toMessage(item, now())), ...next };
    },

    async get(conversation, id) {
      const item = read(conversation, id);
      return item && toMessage(item, now());
    },

    edit: async (conversation, id, { content, edited_at }, versions) =>
      change(conversation, id, false, { content, edited_at }, versions),

    rate: async (conversation, id, feedback) => change(conversation, id, true, { feedback }),

    async delete(conversation, id, versions) {
      const { userId } = conversation;
      const item = read(conversation, id);
      if (!item) return 'missing';
      const { message, keyRecord } = item;
      if (!hasVersion(message, versions)) return 'changed';
      // A retry of the send must not restore a deleted message, but may regenerate a deleted reply.
      const key = keyRecord === undefined || message.is_bot ? undefined : table.keys.get(userId, keyRecord);
      if (keyRecord !== undefined && key) table.keys.set(userId, keyRecord, { ...key, isDeleted: true });
      for (const each of [id, message.id_reply]) {
        if (each === undefined) continue;
        table.chunks.deleteWithPrefix(userId, chunkPrefix(each));
        table.messages.delete(userId, messageKey(conversation, each));
      }
      return 'deleted';
    },

    async deleteAll(userId) {
      table.clear(userId);
    },

    // What a request in progress still writes ends with the process.
    scheduleDeleteAll: async () => undefined,
  };
}

const hasVersion = ({ version }: Message, versions: Versions | undefined): boolean =>
  versions === undefined || versions === '*' || versions.includes(version);
