import type { FinishReason } from '../schemas.ts';

/**
 * How the bot answers one message.
 *
 * @example
 * server.reply({ deltas: ['Hello', ' Ada!'], delayMs: 20 });
 * server.reply({ deltas: ['Hel'], end: 'failed' });
 * server.reply({ deltas: ['Hello', ' Ada!'], cutAfterDeltas: 1 });
 */
export interface ReplyScript {
  /** What the bot says, piece by piece; each becomes a `reply-delta`. */
  readonly deltas: readonly string[];
  /** How long the bot takes before each piece, and before the end; no time at all if left out. */
  readonly delayMs?: number | undefined;
  /**
   * How the reply ends: `completed` if left out, `failed` (the bot could not go on), `interrupted` (the server that asked it
   * is gone) or `never`, until somebody cancels it.
   */
  readonly end?: 'completed' | 'failed' | 'interrupted' | 'never' | undefined;
  /** Why the bot stopped; `stop` if left out. */
  readonly finishReason?: FinishReason | undefined;
  /** The problem of a reply that fails; `bot-unavailable` if left out. */
  readonly problem?: 'bot-unavailable' | 'bot-misconfigured' | 'message-too-long' | undefined;
  /** The stream is told `stream-paused` behind so many pieces, once; who resumes it hears the rest. */
  readonly pauseAfterDeltas?: number | undefined;
  /** The connection breaks off behind so many pieces, once; the bot goes on. */
  readonly cutAfterDeltas?: number | undefined;
}

const USUAL: ReplyScript = { deltas: ['Hello! How can I help you today?'] };

export type ReplyScripts = ReturnType<typeof replyScripts>;

/** The replies to come, in the order in which they were told. */
export function replyScripts() {
  const queue: ReplyScript[] = [];
  return {
    add: (script: ReplyScript): number => queue.push(script),
    next: (): ReplyScript => queue.shift() ?? USUAL,
    clear(): void {
      queue.length = 0;
    },
  };
}
