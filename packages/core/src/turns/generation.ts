import { deferred } from '@async-chatbot/shared/deferred';
import { delay } from '@async-chatbot/shared/delay';
import { Problem } from '@async-chatbot/shared/problem';
import type { FinishReason } from '../ports/bot.ts';
import type { ReplyEnd, ReplyStore, Writing } from '../ports/replies.ts';
import type { Pieces } from '../ports/reply-chunks.ts';
import type { GenerationTimings } from './generation-timings.ts';
import type { Progress, Watch } from './reply-feed.ts';

/** Why a bot is stopped before its answer is whole. */
export type Stop = 'cancelled' | 'interrupted';

/** A bot that is answering in this process. */
export interface Generation {
  /** As more comes. Several may watch at once, each as fast as it likes. */
  watch: Watch;
  /** Stops the bot; what it said is kept. */
  stop(as: Stop): void;
  /** Resolves when the end is kept, or could not be. */
  done: Promise<void>;
}

export interface GenerationDeps {
  replies: ReplyStore;
  pieces: Pieces;
  /** Told why a bot did not answer. */
  onFailure: (error: unknown) => void;
  /** Waited for when the end is kept, before anybody is told of it. Never rejects. */
  onEnd: (status: ReplyEnd['status']) => Promise<void>;
  /** Watches the reply by what is kept of it, for when it is not this writing's any more. */
  elsewhere: Watch;
}

/** Asks the bot, which reports why it stopped. */
export type Generate = (signal: AbortSignal, reportFinish: (reason: FinishReason) => void) => AsyncIterable<string>;

/** Has the bot answer, and keeps what it says, whether anybody listens or not. */
export function startGeneration(
  writing: Writing,
  generate: Generate,
  { replies, pieces, onFailure, onEnd, elsewhere }: GenerationDeps,
  { leaseMs, keepMs, tickMs }: GenerationTimings,
): Generation {
  const stopped = new AbortController();
  let text = '';
  let finish: FinishReason = 'stop';
  let problem: Problem | undefined;
  let ended: { end?: Progress['end']; isLost?: boolean; failure?: { cause: unknown } } = {};
  let news = deferred<void>();

  function tell(): void {
    news.resolve();
    news = deferred();
  }

  async function run(): Promise<void> {
    const ticking = new AbortController();
    const kept = tick(ticking.signal);
    const status = await speak();
    ticking.abort();
    const { pieces: count } = await kept;
    const finish_reason = status === 'completed' ? finish : undefined;
    const result = { status, content: text, finish_reason, problem: problem?.code };
    const outcome = await replies.finish(writing, result).then(
      (end) => (end ? { end } : { isLost: true }),
      (cause: unknown) => ({ failure: { cause } }),
    );
    await onEnd(status);
    ended = outcome;
    tell();
    // They would expire.
    if (count > 0) await pieces.clear(writing).catch(() => undefined);
  }

  async function speak(): Promise<'completed' | 'failed' | Stop> {
    try {
      for await (const piece of generate(stopped.signal, (reason) => (finish = reason))) {
        text += piece;
        tell();
      }
      // A reply that was cut off may be empty.
      const isWhole = text !== '' || finish === 'length' || finish === 'content-filter';
      if (isWhole || stopped.signal.aborted) return stopReason(stopped.signal) ?? 'completed';
      throw new Error('The bot said nothing');
    } catch (error) {
      if (stopped.signal.aborted) return stopReason(stopped.signal) ?? 'failed';
      onFailure(error);
      problem = error instanceof Problem ? error : new Problem('bot-unavailable', { cause: error });
      return 'failed';
    }
  }

  /** Keeps what is new while the bot speaks. What cannot be kept now is tried again, and at the end all of it is. */
  async function tick(ended: AbortSignal): Promise<{ pieces: number }> {
    let keptUntil = 0;
    let appended = 0;
    let count = 0;
    let piece = '';
    for (;;) {
      await delay(tickMs, ended).catch(() => undefined);
      if (ended.aborted) return { pieces: count };
      const now = performance.now();
      // One that may have been kept is tried again as it was: who follows it elsewhere may have read it.
      piece ||= text.slice(appended);
      try {
        if (piece) {
          await pieces.append(writing, appended, piece);
          count += 1;
          appended += piece.length;
        }
        // The first words are a sign of life that others wait for.
        const isFirst = appended > 0 && appended === piece.length;
        piece = '';
        if (isFirst || now >= keptUntil) {
          // Whoever follows it elsewhere goes on from here, so it ends where a piece ends.
          if (await replies.keep(writing, text.slice(0, appended), leaseMs)) keptUntil = now + keepMs;
          else stopped.abort('cancelled' satisfies Stop);
        } else {
          const reply = await replies.get(writing.thread, writing.id_message);
          // It was deleted, or another server has taken it over.
          if (!reply || reply.run !== writing.run || reply.isCancelled) stopped.abort('cancelled' satisfies Stop);
        }
      } catch {}
    }
  }

  return {
    done: run(),
    stop: (as) => stopped.abort(as),
    async *watch() {
      for (;;) {
        const next = news.promise;
        const { end, isLost, failure } = ended;
        if (failure) throw failure.cause;
        if (isLost) {
          // A reply that was deleted has neither its run nor its words any more.
          for await (const progress of elsewhere())
            yield progress.run === 0 ? { ...progress, run: writing.run, text } : progress;
          return;
        }
        yield { run: writing.run, text, end, problem };
        if (end) return;
        await next;
      }
    },
  };
}

/** The cast: nothing else is given as a reason. */
const stopReason = ({ aborted, reason }: AbortSignal): Stop | undefined => (aborted ? (reason as Stop) : undefined);
