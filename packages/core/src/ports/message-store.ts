import type { components } from '@async-chatbot/api-spec';
import type { ConversationKey, Message, Versions } from './message.ts';

export type MessagePage = components['schemas']['MessagePage'];

/** Stored messages and replies. Each method reaches one user's messages alone. */
export interface MessageStore {
  /** The first `limit` messages in this order, or those from `cursor` on. Reads are strongly consistent. */
  list(
    conversation: ConversationKey,
    page: { limit: number; cursor?: string | undefined; order?: 'asc' | 'desc' | undefined },
  ): Promise<MessagePage>;
  get(conversation: ConversationKey, id: string): Promise<Message | undefined>;
  /** Changes a user message; undefined if there is none of these versions, or it is a reply. */
  edit(
    conversation: ConversationKey,
    id: string,
    change: { content: string; edited_at: string },
    versions?: Versions,
  ): Promise<Message | undefined>;
  /** Stores the user's rating of a reply; undefined if there is none. */
  rate(
    conversation: ConversationKey,
    id: string,
    feedback: NonNullable<Message['feedback']>,
  ): Promise<Message | undefined>;
  /** Deletes a message and its reply; `changed`, and both stay, if it has none of these versions. */
  delete(conversation: ConversationKey, id: string, versions?: Versions): Promise<'deleted' | 'missing' | 'changed'>;
  /** Deletes everything that is stored about a user. May be repeated. */
  deleteAll(userId: string): Promise<void>;
}
