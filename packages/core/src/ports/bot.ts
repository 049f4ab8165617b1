import type { components } from '@async-chatbot/api-spec';

export type FinishReason = components['schemas']['FinishReason'];

/**
 * Generates a reply as deltas of whole characters. When `signal` is aborted, it emits nothing more and throws the signal's
 * reason. Any other error fails the reply; a `Problem` is shown to the client.
 */
export interface Bot {
  (turn: Turn, signal: AbortSignal): AsyncIterable<string>;
  /** Returns the whole reply synchronously. If present, a JSON send stores message and reply in one write. */
  readonly instantReply?: (content: string) => string;
  /** How many messages the bot requests from `history`. If present, they are read while the turn is stored. */
  readonly historyMessages?: number;
}

/** Thrown by a bot that was interrupted, for example by a shutdown. The reply ends as `interrupted`, not `failed`. */
export class Interrupted extends Error {
  override name = 'Interrupted';
}

export interface Turn {
  id_reply: string;
  /** The user message: 1 to 8000 code points. */
  content: string;
  /** Whether a client follows the deltas rather than waits for the whole reply. */
  isStreamed: boolean;
  /** The turns among the last `limit` messages before this one, oldest first. */
  history(limit: number): Promise<PastTurn[]>;
  /** Reports the tokens used so far, input plus output. The last report counts. */
  reportUsage(tokens: number): void;
  /** Reports why the bot stopped; `stop` by default. */
  reportFinish(reason: FinishReason): void;
}

/** An earlier turn whose reply has text. */
export interface PastTurn {
  content: string;
  reply: string;
}
