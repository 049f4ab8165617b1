import type { FinishReason } from '../schemas.ts';

/**
 * A script for the bot's reply to one message.
 *
 * @example
 * server.reply({ deltas: ['Hello', ' Ada!'], delayMs: 20 });
 * server.reply({ deltas: ['Hel'], end: 'failed' });
 * server.reply({ deltas: ['Hello', ' Ada!'], cutAfterDeltas: 1 });
 */
export interface ReplyScript {
  /** The parts of the text. Each becomes a `reply-delta`. */
  readonly deltas: readonly string[];
  /** Milliseconds before each delta and before the end; 0 by default. */
  readonly delayMs?: number | undefined;
  /**
   * How the reply ends: `completed` (the default), `failed` (the bot fails), `interrupted` (the server that runs the bot stops),
   * or `never` (the reply stays in progress until it is cancelled).
   */
  readonly end?: 'completed' | 'failed' | 'interrupted' | 'never' | undefined;
  /** Why the bot stopped; `stop` by default. */
  readonly finishReason?: FinishReason | undefined;
  /** The problem of a failed reply; `bot-unavailable` by default. */
  readonly problem?: 'bot-unavailable' | 'bot-misconfigured' | 'message-too-long' | undefined;
  /** Pauses the stream once, after this many deltas. A client that resumes it receives the rest. */
  readonly pauseAfterDeltas?: number | undefined;
  /** Breaks the connection once, after this many deltas. The bot continues. */
  readonly cutAfterDeltas?: number | undefined;
}

const DEFAULT_SCRIPT: ReplyScript = { deltas: ['Hello! How can I help you today?'] };

export type ReplyScripts = ReturnType<typeof replyScripts>;

/** Creates the queue of scripts. */
export function replyScripts() {
  const queue: ReplyScript[] = [];
  return {
    add: (script: ReplyScript): number => queue.push(script),
    next: (): ReplyScript => queue.shift() ?? DEFAULT_SCRIPT,
    clear(): void {
      queue.length = 0;
    },
  };
}
