import type { ConversationKey, Message, Versions } from '../ports/message.ts';
import type { MessageStore } from '../ports/message-store.ts';
import { type MessageItem, messageKey, messagePrefix, shownMessage } from './message-item.ts';
import { pageOf } from './page.ts';
import type { MemoryTable } from './table.ts';

export function memoryMessageStore(table: MemoryTable, now: () => Date): MessageStore {
  const read = ({ userId, ...rest }: ConversationKey, id: string) =>
    table.get<MessageItem>(userId, messageKey({ userId, ...rest }, id));

  function change(
    conversation: ConversationKey,
    id: string,
    isBot: boolean,
    fields: Partial<Message>,
    versions?: Versions,
  ): Message | undefined {
    const item = read(conversation, id);
    if (item?.message.is_bot !== isBot || !hasVersion(item.message, versions)) return undefined;
    const { message } = item;
    const changed = { ...item, message: { ...message, ...fields, version: message.version + 1 } };
    table.put(conversation.userId, messageKey(conversation, id), changed);
    return shownMessage(changed, now());
  }

  return {
    async list(conversation, page) {
      const prefix = messagePrefix(conversation);
      const items = table.under<MessageItem>(conversation.userId, prefix);
      const byId = items.map(([key, item]) => [key.slice(prefix.length), shownMessage(item, now())] as const);
      const { items: messages, ...next } = pageOf(byId, page);
      return { messages, ...next };
    },

    async get(conversation, id) {
      const item = read(conversation, id);
      return item && shownMessage(item, now());
    },

    edit: async (conversation, id, { content, edited_at }, versions) =>
      change(conversation, id, false, { content, edited_at }, versions),

    rate: async (conversation, id, feedback) => change(conversation, id, true, { feedback }),

    async delete(conversation, id, versions) {
      const item = read(conversation, id);
      if (!item) return 'missing';
      if (!hasVersion(item.message, versions)) return 'changed';
      const { userId } = conversation;
      const { message, keyRecord } = item;
      const key = keyRecord === undefined ? undefined : table.get<object>(userId, keyRecord);
      // A repeat of the send must not bring the message back.
      if (keyRecord !== undefined && key && !message.is_bot) table.put(userId, keyRecord, { ...key, isDeleted: true });
      for (const each of [id, message.id_reply])
        if (each !== undefined) table.delete(userId, messageKey(conversation, each));
      return 'deleted';
    },

    deleteAll: async (userId) => table.deleteUnder(userId, ''),
  };
}

const hasVersion = ({ version }: Message, versions: Versions | undefined): boolean =>
  versions === undefined || versions === '*' || versions.includes(version);
