import type { components } from '@async-chatbot/api-spec';
import type { Message, Thread, Versions } from './message.ts';

export type MessagePage = components['schemas']['MessagePage'];

/** What is remembered. Every call is about one user's messages and reaches no other's. */
export interface MessageStore {
  /** The first `limit` messages in this order, or those that begin at `cursor`. Whatever was put before is in it. */
  list(
    thread: Thread,
    page: { limit: number; cursor?: string | undefined; order?: 'asc' | 'desc' | undefined },
  ): Promise<MessagePage>;
  get(thread: Thread, id: string): Promise<Message | undefined>;
  /**
   * Keeps new messages, all at once; a pending reply with the lease of whoever writes it, all with the idempotency key's
   * record. May be repeated while nobody has changed them.
   */
  put(messages: Message[], by?: { leaseMs?: number; key?: string | undefined }): Promise<void>;
  /** Changes a message that the user sent; undefined if there is none of these versions, or the bot said it. */
  edit(
    thread: Thread,
    id: string,
    change: { content: string; edited_at: string },
    versions?: Versions,
  ): Promise<Message | undefined>;
  /** Keeps what the user thinks of a message of the bot; undefined if there is none. */
  rate(thread: Thread, id: string, feedback: NonNullable<Message['feedback']>): Promise<Message | undefined>;
  /** Forgets a message, and the bot's answer to it; `changed`, and both stay, if it has none of these versions. */
  delete(thread: Thread, id: string, versions?: Versions): Promise<'deleted' | 'missing' | 'changed'>;
  /** Forgets everything that is kept about a user. May be repeated. */
  deleteAll(userId: string): Promise<void>;
}
