import type { components } from '@async-chatbot/api-spec';
import type { ConversationKey, Message, Versions } from './message.ts';

export type MessagePage = components['schemas']['MessagePage'];

/** Messages and replies. A method only accesses the messages of its user. */
export interface MessageStore {
  /** Up to `limit` messages in this order, from `cursor` on. Strongly consistent. */
  list(
    conversation: ConversationKey,
    page: { limit: number; cursor?: string | undefined; order?: 'asc' | 'desc' | undefined },
  ): Promise<MessagePage>;
  get(conversation: ConversationKey, id: string): Promise<Message | undefined>;
  /** Edits a user message. Undefined if there is none with one of these versions, or it is a reply. */
  edit(
    conversation: ConversationKey,
    id: string,
    change: { content: string; edited_at: string },
    versions?: Versions,
  ): Promise<Message | undefined>;
  /** Stores the user's feedback on a reply. Undefined if there is no such reply. */
  rate(
    conversation: ConversationKey,
    id: string,
    feedback: NonNullable<Message['feedback']>,
  ): Promise<Message | undefined>;
  /** Deletes a message and its reply. Returns `changed`, deleting neither, if it has none of these versions. */
  delete(conversation: ConversationKey, id: string, versions?: Versions): Promise<'deleted' | 'missing' | 'changed'>;
  /** Deletes all data of a user, conversations and quotas included. Idempotent. */
  deleteAll(userId: string): Promise<void>;
  /**
   * Schedules a `deleteAll` for when all requests now in progress have ended, even if this server has stopped by then. With
   * `before`, it deletes only the messages and conversations created before that time.
   */
  scheduleDeleteAll(userId: string, options?: { before: Date }): Promise<void>;
}
