import { notifier } from '@async-chatbot/shared/notifier';
import { Problem } from '@async-chatbot/shared/problem';
import { untilAborted } from '@async-chatbot/shared/until-aborted';
import { type Bot, type FinishReason, Interrupted, type Turn } from '../ports/bot.ts';
import type { Message } from '../ports/message.ts';
import type { MessageStore } from '../ports/message-store.ts';
import type { GenerationRun, TurnStore } from '../ports/turn-store.ts';
import type { Reservation } from '../usage.ts';
import { history } from './history.ts';
import { pollReply } from './poll-reply.ts';
import type { Progress, ReplyFeed } from './reply-feed.ts';
import { storeProgress } from './store-progress.ts';
import type { GenerationTimings } from './turn-timings.ts';

/** Why a bot is stopped before its reply is complete. */
type StopReason = 'cancelled' | 'interrupted';

/** A generation of this process. */
export interface Generation {
  /** Several subscribers may follow it, each at its own speed. */
  feed: ReplyFeed;
  /** Stops the bot; the text so far is stored. */
  stop(reason: StopReason): void;
  /** Resolves when the end is stored, or could not be. */
  done: Promise<void>;
}

export interface GenerationDeps {
  bot: Bot;
  messages: MessageStore;
  store: TurnStore;
  /** Whether a conversation has one generation at a time, as for a bot that reads its history. */
  oneReplyAtATime: boolean;
  /** Receives the error of a bot that failed. Must not throw. */
  onFailure: (error: unknown) => void;
}

export interface GenerationOptions {
  /** The user message to reply to. */
  message: Message;
  reservation: Reservation | undefined;
  /** Whether a client follows the deltas. */
  isStreamed: boolean;
}

/** Runs the bot and stores its reply, whether a client follows or not. Quota and lock were taken before. */
export function startGeneration(
  run: GenerationRun,
  { message, reservation, isStreamed }: GenerationOptions,
  { bot, messages, store, oneReplyAtATime, onFailure }: GenerationDeps,
  timings: GenerationTimings,
): Generation {
  const { run: runNumber } = run;
  const stopped = new AbortController();
  const progress = notifier();
  let stopReason: StopReason | undefined;
  let text = '';
  let finish: FinishReason = 'stop';
  let tokens: number | undefined;
  let problem: Problem | undefined;
  let ended: { end?: Progress['end']; isSupersededOrDeleted?: boolean; failure?: { cause: unknown } } = {};

  const turn: Turn = {
    id_reply: run.id_reply,
    content: message.content,
    isStreamed,
    history: (limit) => history(run.conversation, message, limit, messages),
    reportUsage(count) {
      tokens = count;
    },
    reportFinish(reason) {
      finish = reason;
    },
  };

  function stop(reason: StopReason): void {
    stopReason ??= reason;
    stopped.abort();
  }

  async function generateAndStore(): Promise<void> {
    const generated = new AbortController();
    const extendLock = async () => oneReplyAtATime && store.lock(run, timings.leaseMs).catch(() => undefined);
    const running = { text: () => text, progress, stop };
    const storing = storeProgress(run, running, { store, extendLock }, timings, generated.signal);
    const status = await runBot();
    generated.abort();
    const chunks = await storing;

    const finish_reason = status === 'completed' ? finish : undefined;
    const end = { status, content: text, finish_reason, problem: problem?.code };
    const outcome = await store.finishReply(run, end).then(
      (stored) => (stored ? { end: stored } : { isSupersededOrDeleted: true }),
      (cause: unknown) => ({ failure: { cause } }),
    );
    await Promise.all([
      // A lock that cannot be released expires.
      oneReplyAtATime && store.unlock(run).catch(() => undefined),
      // A reply that failed before the model used anything costs nothing.
      status === 'failed' && !tokens ? reservation?.cancel() : reservation?.settle(tokens),
    ]);
    ended = outcome;
    progress.notify();
    // Without a stored end, the chunks are all that remains of the reply. They expire, too.
    if (chunks > 0 && !ended.failure) await store.deleteChunks(run).catch(() => undefined);
  }

  async function runBot(): Promise<'completed' | 'failed' | StopReason> {
    try {
      for await (const delta of bot(turn, stopped.signal)) {
        text += delta;
        progress.notify();
      }
      if (stopReason) return stopReason;
      // A reply that was cut off may be empty.
      if (text !== '' || finish === 'length' || finish === 'content-filter') return 'completed';
      throw new Error('The bot returned an empty reply');
    } catch (error) {
      if (stopReason) return stopReason;
      if (error instanceof Interrupted) return 'interrupted';
      onFailure(error);
      problem = error instanceof Problem ? error : new Problem('bot-unavailable', { cause: error });
      return 'failed';
    }
  }

  return {
    done: generateAndStore(),
    stop,
    async *feed(signal) {
      while (!signal.aborted) {
        const change = progress.next();
        const { end, isSupersededOrDeleted, failure } = ended;
        if (failure) throw failure.cause;
        if (isSupersededOrDeleted) {
          // Another run has replaced this one, or the reply was deleted: then the store has neither its run nor its text.
          for await (const next of pollReply(run, store, timings.tickMs)(signal))
            yield next.run === 0 ? { ...next, run: runNumber, text } : next;
          return;
        }
        yield { run: runNumber, text, end, problem };
        if (end) return;
        await untilAborted(change, signal);
      }
    },
  };
}
