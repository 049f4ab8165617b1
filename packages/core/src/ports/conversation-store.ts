import type { components } from '@async-chatbot/api-spec';

export type Conversation = components['schemas']['Conversation'];
export type ConversationPage = components['schemas']['ConversationPage'];

interface PageRequest {
  limit: number;
  cursor?: string | undefined;
}

/** All conversations but the default ones, which need no storage. A method only accesses the conversations of its user. */
export interface ConversationStore {
  /** Up to `limit` conversations, most recently updated first, from `cursor` on. Strongly consistent. */
  list(userId: string, page: PageRequest): Promise<ConversationPage>;
  /** The same, but newest first, an order that no change affects. Not compatible with the cursors of `list`. */
  listById(userId: string, page: PageRequest): Promise<ConversationPage>;
  get(userId: string, id: string): Promise<Conversation | undefined>;
  /** Stores a new conversation. Idempotent. */
  create(userId: string, conversation: Conversation): Promise<void>;
  /** Changes the title, and `updated_at` unless the stored one is later. Undefined if there is no such conversation. */
  rename(userId: string, id: string, change: { title: string; updated_at: string }): Promise<Conversation | undefined>;
  /**
   * Sets `updated_at` when a message is sent, unless the stored one is later, and `title` if there is none. False if there
   * is no such conversation.
   */
  touch(userId: string, id: string, sent: { at: string; title: string }): Promise<boolean>;
  /** Hides the conversation at once, then deletes its messages. False if there is no such conversation. May be repeated. */
  delete(userId: string, id: string): Promise<boolean>;
}
