import { cursorBehind } from '@async-chatbot/shared/cursor';
import type { Bot } from '../bot/bot.ts';
import type { Message, Thread } from '../messages/message.ts';
import type { MessageStore } from '../messages/store.ts';
import type { Reservation } from '../usage/usage.ts';
import { watchElsewhere } from './elsewhere.ts';
import { type Generation, type Pace, startGeneration } from './generation.ts';
import type { Pieces } from './pieces.ts';
import type { Watch } from './progress.ts';
import type { ReplyStore, Writing } from './replies.ts';
import type { ThreadLocks } from './thread-locks.ts';

export interface AnsweringDeps {
  bot: Bot;
  messages: MessageStore;
  replies: ReplyStore;
  pieces: Pieces;
  /** For a bot that answers one message of a conversation at a time. */
  locks?: ThreadLocks | undefined;
  onFailure: (error: unknown) => void;
}

/** The bots that are answering in this process. */
export interface Answering {
  /** Has the bot answer a message, in a thread whose lock is taken. */
  start(writing: Writing, question: Message, reservation: Reservation | undefined): Generation;
  find(id_reply: string): Generation | undefined;
  /** Watches a reply, whoever writes it. */
  watch(thread: Thread, id_reply: string): Watch;
  all(): Generation[];
}

export function answering({ bot, messages, locks, ...deps }: AnsweringDeps, pace: Pace): Answering {
  const running = new Map<string, Generation>();

  async function history(thread: Thread, question: Message, limit: number) {
    if (limit === 0) return [];
    const page = await messages.list(thread, { limit, cursor: cursorBehind(question.id_message) });
    return page.messages.filter(({ content }) => content !== '').reverse();
  }

  return {
    start(writing, question, reservation) {
      const { thread, id_message } = writing;
      let tokens: number | undefined;
      const turn = {
        content: question.content,
        history: (limit: number) => history(thread, question, limit),
        spent(count: number) {
          tokens = count;
        },
      };
      const keepLock = () => locks?.take(thread, id_message, pace.leaseMs).catch(() => undefined);
      const keeping = setInterval(keepLock, pace.keepMs);

      async function onEnd(): Promise<void> {
        clearInterval(keeping);
        await Promise.all([
          // It would run out.
          locks?.release(thread, id_message).catch(() => undefined),
          reservation?.settle(tokens),
        ]);
        if (running.get(id_message) === generation) running.delete(id_message);
      }

      const elsewhere = watchElsewhere(writing, deps, pace.tickMs);
      const ask = (signal: AbortSignal) => bot(turn, signal);
      const generation = startGeneration(writing, ask, { ...deps, onEnd, elsewhere }, pace);
      running.set(id_message, generation);
      return generation;
    },

    find: (id_reply) => running.get(id_reply),
    watch: (thread, id_message) =>
      running.get(id_message)?.watch ?? watchElsewhere({ thread, id_message }, deps, pace.tickMs),
    all: () => [...running.values()],
  };
}
