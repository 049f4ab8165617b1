/**
 * Who answers: the words of the answer as they come, in pieces of whole characters. Once `signal` is aborted nothing more
 * comes, and it throws the signal's reason; whatever else it throws means that there is no answer, or not all of it.
 */
export type Bot = (turn: Turn, signal: AbortSignal) => AsyncIterable<string>;

/** What is to be answered. */
export interface Turn {
  /** What the user said: 1 to 8000 code points. */
  content: string;
  /** What was said before that in this conversation, oldest first: the last `limit` messages that have words. */
  history(limit: number): Promise<Said[]>;
  /** Told once, how many tokens the answer took, input and output together; never by a bot that knows none. */
  spent(tokens: number): void;
}

export interface Said {
  is_bot: boolean;
  content: string;
}
