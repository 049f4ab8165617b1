import type { FinishReason } from '../schemas.ts';

/**
 * The bot's reply to one message.
 *
 * @example
 * server.reply({ deltas: ['Hello', ' Ada!'], delayMs: 20 });
 * server.reply({ deltas: ['Hel'], end: 'failed' });
 * server.reply({ deltas: ['Hello', ' Ada!'], cutAfterDeltas: 1 });
 */
export interface ReplyScript {
  /** The text in parts; each becomes a `reply-delta`. */
  readonly deltas: readonly string[];
  /** The delay before each delta and before the end; 0 by default. */
  readonly delayMs?: number | undefined;
  /**
   * How the reply ends: `completed` by default, `failed` (the bot has failed), `interrupted` (the server that ran the bot has
   * stopped) or `never`, until it is cancelled.
   */
  readonly end?: 'completed' | 'failed' | 'interrupted' | 'never' | undefined;
  /** Why the bot stopped; `stop` by default. */
  readonly finishReason?: FinishReason | undefined;
  /** The problem of a reply that fails; `bot-unavailable` by default. */
  readonly problem?: 'bot-unavailable' | 'bot-misconfigured' | 'message-too-long' | undefined;
  /** The stream ends with `stream-paused` after so many deltas, once; a client that resumes it receives the rest. */
  readonly pauseAfterDeltas?: number | undefined;
  /** The connection breaks off after so many deltas, once; the bot continues. */
  readonly cutAfterDeltas?: number | undefined;
}

const DEFAULT_SCRIPT: ReplyScript = { deltas: ['Hello! How can I help you today?'] };

export type ReplyScripts = ReturnType<typeof replyScripts>;

/** The replies to come, in the order in which they were added. */
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
