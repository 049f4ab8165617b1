import { cursorBehind } from '@async-chatbot/shared/cursor';
import type { Bot, PastTurn } from '../ports/bot.ts';
import type { Message } from '../ports/message.ts';
import type { MessageStore } from '../ports/message-store.ts';
import type { GenerationEnd, GenerationRun, ReplyKey, TurnStore } from '../ports/turn-store.ts';
import type { Reservation } from '../usage.ts';
import { type Generation, startGeneration } from './generation.ts';
import { pollReply } from './poll-reply.ts';
import type { ReplyFeed } from './reply-feed.ts';
import type { GenerationTimings } from './turn-timings.ts';

export interface ActiveGenerationsDeps {
  bot: Bot;
  messages: MessageStore;
  store: TurnStore;
  oneReplyAtATime: boolean;
  /** Receives the error of a bot that failed. */
  onFailure: (error: unknown) => void;
}

export interface StartOptions {
  reservation: Reservation | undefined;
  /** Whether a client follows the deltas. */
  isStreamed: boolean;
}

/** The generations of this process. */
export interface ActiveGenerations {
  /** Starts the bot for a user message, once everything that a reply needs was taken. */
  start(run: GenerationRun, message: Message, options: StartOptions): Generation;
  find(id_reply: string): Generation | undefined;
  /** Follows a reply, whichever server generates it. */
  follow(reply: ReplyKey): ReplyFeed;
  all(): Generation[];
}

export function activeGenerations(
  { bot, messages, store, oneReplyAtATime, onFailure }: ActiveGenerationsDeps,
  timings: GenerationTimings,
): ActiveGenerations {
  const active = new Map<string, Generation>();

  async function history({ conversation }: ReplyKey, message: Message, limit: number): Promise<PastTurn[]> {
    if (limit === 0) return [];
    const page = await messages.list(conversation, { limit, cursor: cursorBehind(message.id_message) });
    const replies = new Map(page.messages.map(({ id_message, content }) => [id_message, content]));
    // Models want the roles to alternate, so a message without a reply that has text is left out.
    return page.messages.reverse().flatMap(({ content, id_reply = '' }) => {
      const reply = replies.get(id_reply);
      return reply ? [{ content, reply }] : [];
    });
  }

  return {
    start(run, message, { reservation, isStreamed }) {
      const { id_reply } = run;
      let tokens: number | undefined;
      const turn = {
        id_reply,
        content: message.content,
        isStreamed,
        history: (limit: number) => history(run, message, limit),
        reportUsage(count: number) {
          tokens = count;
        },
      };

      async function onEnd(status: GenerationEnd['status']): Promise<void> {
        await Promise.all([
          // A lock that cannot be released expires.
          oneReplyAtATime && store.unlock(run).catch(() => undefined),
          // A reply that failed before the model used anything costs nothing.
          status === 'failed' && !tokens ? reservation?.cancel() : reservation?.settle(tokens),
        ]);
        if (active.get(id_reply) === generation) active.delete(id_reply);
      }

      const generation = startGeneration(
        run,
        {
          store,
          generate: (signal, reportFinish) => bot({ ...turn, reportFinish }, signal),
          extendLock: async () => oneReplyAtATime && store.lock(run, timings.leaseMs).catch(() => undefined),
          onFailure,
          onEnd,
          stored: pollReply(run, store, timings.tickMs),
        },
        timings,
      );
      active.set(id_reply, generation);
      return generation;
    },

    find: (id_reply) => active.get(id_reply),
    follow: (reply) => active.get(reply.id_reply)?.feed ?? pollReply(reply, store, timings.tickMs),
    all: () => [...active.values()],
  };
}
