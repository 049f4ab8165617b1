import type { components } from '@async-chatbot/api-spec';
import type { Problem } from '@async-chatbot/shared/problem';
import type { Budget } from '@async-chatbot/shared/rate-limit-headers';
import type { Message, Thread, Versions } from '../ports/message.ts';

type Schemas = components['schemas'];

/** Messages and the bot's replies to them. A reply is finished and kept, whether anybody waits for it or not. */
export interface Turns {
  /**
   * Keeps a message and has the bot answer it. A repeat with the same key is the same turn, and finishes it if need be.
   * Throws `conversation-not-found`, `idempotency-key-reused`, `reply-in-progress`, `quota-exceeded`, and
   * `message-not-found` when the message of this key was deleted.
   */
  send(thread: Thread, draft: Draft): Promise<PendingReply>;
  /**
   * Has the bot answer anew, and before that changes the message if there is an edit. The id is of the reply or of what it
   * answers. Undefined, and nothing is done, if there is no such message, or none that may be edited so. Throws
   * `reply-in-progress` and `quota-exceeded`.
   */
  regenerate(
    thread: Thread,
    id: string,
    options: { isStreamed: boolean; edit?: Edit | undefined },
  ): Promise<PendingReply | undefined>;
  /** The reply of this id, or to the message of this id. */
  find(thread: Thread, id: string): Promise<PendingReply | undefined>;
  /** Stops the bot, and resolves to the reply, which may be over already. */
  cancel(thread: Thread, id: string): Promise<Message | undefined>;
  /** Pauses every stream, waits for the bots that are answering, and interrupts those that take longer. */
  close(withinMs: number): Promise<void>;
}

/** What is sent. */
export interface Draft {
  content: string;
  /** The idempotency key. */
  key?: string | undefined;
  /** Whether the client follows the deltas of the reply. */
  isStreamed: boolean;
}

export interface Edit {
  content: string;
  edited_at: string;
  versions?: Versions | undefined;
}

/** A reply that may not be whole yet. */
export interface PendingReply {
  user_message: Message;
  /** What is left of the day's quotas, if anything was taken from one. */
  left?: Budget[] | undefined;
  /**
   * Both messages once the reply has ended, or as they stand if it takes longer than a proxy waits. Throws the problem of a
   * reply that failed, and `bot-unavailable` for one that was interrupted.
   */
  exchange(): Promise<{ hasEnded: boolean; exchange: Schemas['Exchange'] }>;
  /** What happens to the reply, from the start or from behind an event. */
  events(after?: string): AsyncIterable<Told>;
}

/** An event with what the stream says about it. */
export interface Told {
  id?: string | undefined;
  /** After how many milliseconds a stream that ends here is to be followed. */
  retryMs?: number;
  event: Exclude<Schemas['ReplyEvent'], Schemas['ReplyFailed']> | Failed;
}

/** As `ReplyFailed`, before it is known which request is told. */
interface Failed extends Omit<Schemas['ReplyFailed'], 'problem'> {
  problem: Problem;
}
