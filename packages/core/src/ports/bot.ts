import type { components } from '@async-chatbot/api-spec';

export type FinishReason = components['schemas']['FinishReason'];

/**
 * Generates a reply, as deltas of whole characters. Once `signal` is aborted it emits nothing more and throws the signal's
 * reason. Anything else it throws means that the reply failed: a `Problem` if the client may know why.
 */
export interface Bot {
  (turn: Turn, signal: AbortSignal): AsyncIterable<string>;
  /** Returns the whole reply, for a bot that needs no time: a JSON send is then stored in one write. */
  readonly instantReply?: (content: string) => string;
}

/** Thrown by a bot that was interrupted, as by a server that shuts down. */
export class Interrupted extends Error {
  override name = 'Interrupted';
}

/** What a bot replies to. */
export interface Turn {
  id_reply: string;
  /** The user message: 1 to 8000 code points. */
  content: string;
  /** Whether a client follows the deltas, or waits for the whole reply. */
  isStreamed: boolean;
  /** The earlier turns among the last `limit` messages of the conversation, oldest first. */
  history(limit: number): Promise<PastTurn[]>;
  /** Reports how many tokens the generation has used so far, input and output together. The last report counts. */
  reportUsage(tokens: number): void;
  /** Reports why the bot stopped; `stop` unless reported. */
  reportFinish(reason: FinishReason): void;
}

/** An earlier turn whose reply has text. */
export interface PastTurn {
  content: string;
  reply: string;
}
