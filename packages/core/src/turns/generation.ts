import { notifier } from '@async-chatbot/shared/notifier';
import { Problem } from '@async-chatbot/shared/problem';
import { untilAborted } from '@async-chatbot/shared/until-aborted';
import { type Bot, type FinishReason, Interrupted, type Turn } from '../ports/bot.ts';
import type { Message } from '../ports/message.ts';
import type { GenerationRun, TurnStore } from '../ports/turn-store.ts';
import type { Admission } from './admission.ts';
import { pollReply } from './poll-reply.ts';
import type { ProgressWriter } from './progress-writer.ts';
import type { Progress, ReplyFeed } from './reply-feed.ts';
import { storeEnd } from './store-end.ts';
import type { GenerationTimings } from './turn-timings.ts';

/** Why a bot is stopped before it completes its reply. */
type StopReason = 'cancelled' | 'interrupted';

/** A generation that runs in this process. */
export interface Generation {
  /** For any number of subscribers, each at its own speed. */
  feed: ReplyFeed;
  /** Stops the bot; the text so far is stored. */
  stop(reason: StopReason): void;
  /** Resolves when the end has been stored or storing it has failed. */
  done: Promise<void>;
}

export interface GenerationDeps {
  bot: Bot;
  store: TurnStore;
  /** Called with the error when the bot fails. Must not throw. */
  onFailure: (error: unknown) => void;
}

export interface GenerationOptions {
  /** The user message to reply to. */
  message: Message;
  admission: Admission;
  /** Reads the earlier turns. */
  history: Turn['history'];
  /** Whether a client follows the deltas. */
  isStreamed: boolean;
}

/** Runs the bot, stores its reply, with or without subscribers, and releases what it holds. */
export function startGeneration(
  run: GenerationRun,
  { message, admission: { lock, reservation, freeSlot }, history, isStreamed }: GenerationOptions,
  { bot, store, writer, onFailure }: GenerationDeps & { writer: ProgressWriter },
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
    history,
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
    const tracked = writer.start(run, { lock, text: () => text, progress, stop });
    const status = await runBot();
    const hasChunks = await tracked.end();

    const finished = status === 'completed' && finish && { finish_reason: finish };
    const end = { status, content: text, ...finished, problem: problem?.code };
    const outcome = await storeEnd(run, end, store, timings.leaseMs).then(
      (stored) => (stored ? { end: stored } : { isSupersededOrDeleted: true }),
      (cause: unknown) => ({ failure: { cause } }),
    );
    await Promise.all([
      // A lock that cannot be released expires.
      lock && store.unlock(lock).catch(() => undefined),
      // A reply that failed before the model used any tokens is not charged.
      status === 'failed' && !tokens ? reservation?.cancel() : reservation?.settle(tokens),
    ]);
    freeSlot?.();
    ended = outcome;
    progress.notify();
    // If the end could not be stored, only the chunks have the reply's text, so they stay until they expire.
    if (hasChunks && !ended.failure) await store.deleteChunks(run).catch(() => undefined);
  }

  async function runBot(): Promise<'completed' | 'failed' | StopReason> {
    try {
      for await (const delta of bot(turn, stopped.signal)) {
        text += delta;
        progress.notify();
      }
      if (stopReason) return stopReason;
      // A truncated reply may be empty.
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
          // A deleted reply is no longer in the store (`run` is 0), so its run and text come from here.
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
