import { cursorBehind } from '@async-chatbot/shared/cursor';
import type { Bot } from '../ports/bot.ts';
import type { ThreadLocks } from '../ports/conversation-locks.ts';
import type { Message, Thread } from '../ports/message.ts';
import type { MessageStore } from '../ports/message-store.ts';
import type { ReplyEnd, ReplyStore, Writing } from '../ports/replies.ts';
import type { Pieces } from '../ports/reply-chunks.ts';
import type { Reservation } from '../ports/usage.ts';
import { type Generate, type Generation, startGeneration } from './generation.ts';
import type { GenerationTimings } from './generation-timings.ts';
import { watchElsewhere } from './poll-reply.ts';
import type { Watch } from './reply-feed.ts';

export interface AnsweringDeps {
  bot: Bot;
  messages: MessageStore;
  replies: ReplyStore;
  pieces: Pieces;
  /** For a bot that answers one message of a conversation at a time. */
  locks?: ThreadLocks | undefined;
  onFailure: (error: unknown) => void;
}

export interface StartOptions {
  reservation: Reservation | undefined;
  /** Whether a client follows the deltas. */
  isStreamed: boolean;
}

/** The bots that are answering in this process. */
export interface Answering {
  /** Has the bot answer a message, in a thread whose lock is taken. */
  start(writing: Writing, question: Message, { reservation, isStreamed }: StartOptions): Generation;
  find(id_reply: string): Generation | undefined;
  /** Watches a reply, whoever writes it. */
  watch(thread: Thread, id_reply: string): Watch;
  all(): Generation[];
}

export function answering({ bot, messages, locks, ...deps }: AnsweringDeps, timings: GenerationTimings): Answering {
  const running = new Map<string, Generation>();

  async function history(thread: Thread, question: Message, limit: number) {
    if (limit === 0) return [];
    const page = await messages.list(thread, { limit, cursor: cursorBehind(question.id_message) });
    const replies = new Map(page.messages.map(({ id_message, content }) => [id_message, content]));
    // A message whose reply has no text, or is gone, is left out: models want the roles to alternate.
    return page.messages.reverse().flatMap(({ content, id_reply = '' }) => {
      const reply = replies.get(id_reply);
      return reply ? [{ content, reply }] : [];
    });
  }

  return {
    start(writing, question, { reservation, isStreamed }) {
      const { thread, id_message } = writing;
      let tokens: number | undefined;
      const turn = {
        content: question.content,
        isStreamed,
        history: (limit: number) => history(thread, question, limit),
        reportUsage(count: number) {
          tokens = count;
        },
      };
      const keepLock = () => locks?.take(thread, id_message, timings.leaseMs).catch(() => undefined);
      const keeping = setInterval(keepLock, timings.keepMs);

      async function onEnd(status: ReplyEnd['status']): Promise<void> {
        clearInterval(keeping);
        await Promise.all([
          // It would run out.
          locks?.release(thread, id_message).catch(() => undefined),
          // What failed before the model used anything costs nothing.
          status === 'failed' && !tokens ? reservation?.cancel() : reservation?.settle(tokens),
        ]);
        if (running.get(id_message) === generation) running.delete(id_message);
      }

      const elsewhere = watchElsewhere(writing, deps, timings.tickMs);
      const generate: Generate = (signal, reportFinish) => bot({ ...turn, reportFinish }, signal);
      const generation = startGeneration(writing, generate, { ...deps, onEnd, elsewhere }, timings);
      running.set(id_message, generation);
      return generation;
    },

    find: (id_reply) => running.get(id_reply),
    watch: (thread, id_message) =>
      running.get(id_message)?.watch ?? watchElsewhere({ thread, id_message }, deps, timings.tickMs),
    all: () => [...running.values()],
  };
}
