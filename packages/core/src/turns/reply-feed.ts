import type { Problem } from '@async-chatbot/shared/problem';
import type { Message } from '../ports/message.ts';

/** How far a reply is. */
export interface Progress {
  run: number;
  /** The text so far. */
  text: string;
  /** The reply as stored at its end, or that it was deleted. */
  end?: Message | 'deleted' | undefined;
  /** Why a reply failed. */
  problem?: Problem | undefined;
}

/** Follows a reply: yields its progress each time it changes. Returns after the end, or once the signal is aborted. */
export type ReplyFeed = (signal: AbortSignal) => AsyncIterable<Progress>;

/** The feed of a reply that has ended. */
export const endedFeed = (end: Message, run: number): ReplyFeed =>
  async function* feed() {
    yield { run, text: end.content, end };
  };
