import type { components } from '@async-chatbot/api-spec';

export type Conversation = components['schemas']['Conversation'];
export type ConversationPage = components['schemas']['ConversationPage'];

/** The conversations beside the default one. Each method reaches one user's conversations alone. */
export interface ConversationStore {
  /** The newest `limit` conversations, or those that begin at `cursor`. */
  list(userId: string, page: { limit: number; cursor?: string | undefined }): Promise<ConversationPage>;
  get(userId: string, id: string): Promise<Conversation | undefined>;
  /** Stores a new conversation. May be repeated with the same one. */
  create(userId: string, conversation: Conversation): Promise<void>;
  /** Undefined if there is no such conversation. */
  rename(userId: string, id: string, change: { title: string; updated_at: string }): Promise<Conversation | undefined>;
  /** Sets `updated_at` when a message is sent, and `title` if it has none. False if there is no such conversation. */
  touch(userId: string, id: string, sent: { at: string; title: string }): Promise<boolean>;
  /** Deletes it at once and its messages soon after. False if there is no such conversation. May be repeated. */
  delete(userId: string, id: string): Promise<boolean>;
}
