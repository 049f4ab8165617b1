import type { components } from '@async-chatbot/api-spec';
import type { Message } from './message.ts';

export type MessagePage = components['schemas']['MessagePage'];

/** What is remembered. Every call is about one user's messages and reaches no other's. */
export interface MessageStore {
  /** The newest `limit` messages, or those that begin at `cursor`. Whatever was put before is in it. */
  list(userId: string, page: { limit: number; cursor?: string | undefined }): Promise<MessagePage>;
  get(userId: string, id: string): Promise<Message | undefined>;
  /** Keeps a new message. May be repeated with the same message. */
  put(message: Message): Promise<void>;
  /** Changes a message that the user sent; undefined if there is none, or the bot said it. */
  edit(userId: string, id: string, change: { content: string; edited_at: string }): Promise<Message | undefined>;
  /** Forgets a message. May be repeated. */
  delete(userId: string, id: string): Promise<void>;
  /** Forgets everything that is kept about a user. May be repeated. */
  deleteAll(userId: string): Promise<void>;
}
