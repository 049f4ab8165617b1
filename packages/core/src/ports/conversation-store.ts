import type { components } from '@async-chatbot/api-spec';

export type Conversation = components['schemas']['Conversation'];
export type ConversationPage = components['schemas']['ConversationPage'];

/** The conversations beside the default one. Every call is about one user's and reaches no other's. */
export interface ConversationStore {
  /** The newest `limit` conversations, or those that begin at `cursor`. */
  list(userId: string, page: { limit: number; cursor?: string | undefined }): Promise<ConversationPage>;
  get(userId: string, id: string): Promise<Conversation | undefined>;
  /** Keeps a new conversation. May be repeated with the same one. */
  create(userId: string, conversation: Conversation): Promise<void>;
  /** Gives it another title; undefined if there is none. */
  rename(userId: string, id: string, change: { title: string; updated_at: string }): Promise<Conversation | undefined>;
  /** Notes that a message is being sent: `updated_at`, and `title` unless it has one. False if there is none. */
  touch(userId: string, id: string, sent: { at: string; title: string }): Promise<boolean>;
  /** Forgets it and all its messages: it is gone at once, they soon after. False if there is none. May be repeated. */
  delete(userId: string, id: string): Promise<boolean>;
}
