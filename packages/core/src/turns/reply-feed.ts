import type { Problem } from '@async-chatbot/shared/problem';
import type { Message } from '../ports/message.ts';

export interface Progress {
  run: number;
  /** The text so far. */
  text: string;
  /** The stored reply if it has ended, or `deleted`. */
  end?: Message | 'deleted' | undefined;
  /** Why a reply failed. */
  problem?: Problem | undefined;
}

/** Yields the progress of a reply each time it changes. Returns after the end, or when the signal is aborted. */
export type ReplyFeed = (signal: AbortSignal) => AsyncIterable<Progress>;

/** The feed of a reply that has ended. */
export const endedFeed = (end: Message, run: number, problem?: Problem): ReplyFeed =>
  async function* feed() {
    yield { run, text: end.content, end, problem };
  };
