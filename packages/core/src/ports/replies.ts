import type { ProblemCode } from '@async-chatbot/shared/problems';
import type { Message, Thread } from './message.ts';

/** One writing of a reply by one server; it ends with the reply, or when another one takes the reply over. */
export interface Writing {
  thread: Thread;
  id_message: string;
  /** The version that the reply began with; no other writing of it has the same. */
  run: number;
}

/** A reply as it stands. */
export interface Reply {
  message: Message;
  run: number;
  /** Whether the user wants this run to stop. */
  isCancelled: boolean;
  /** Why it failed. */
  problem?: ProblemCode | undefined;
}

/** How a writing ended. */
export interface ReplyEnd {
  status: NonNullable<Message['status']>;
  content: string;
  finish_reason?: Message['finish_reason'];
  problem?: ProblemCode | undefined;
}

/** What is kept about replies while they are written, for whoever else wants to know. */
export interface ReplyStore {
  /** Takes a reply that nobody writes, or that is not there, to write it anew; undefined if somebody is writing it. */
  claim(
    thread: Thread,
    reply: { id_message: string; reply_to: string; timestamp: string },
    leaseMs: number,
  ): Promise<Reply | undefined>;
  get(thread: Thread, id: string): Promise<Reply | undefined>;
  /** Keeps what is there so far, and the writing for longer; false if it is not this writing's any more. */
  keep(writing: Writing, content: string, leaseMs: number): Promise<boolean>;
  /** Ends the writing; undefined if the reply is gone, or was taken over. May be repeated. */
  finish(writing: Writing, end: ReplyEnd): Promise<Message | undefined>;
  /** Asks whoever writes the reply to stop. */
  cancel(writing: Writing): Promise<void>;
}
