import { delay } from '@async-chatbot/shared/delay';
import { notifier } from '@async-chatbot/shared/notifier';
import { Problem } from '@async-chatbot/shared/problem';
import { untilAborted } from '@async-chatbot/shared/until-aborted';
import { type FinishReason, Interrupted } from '../ports/bot.ts';
import type { GenerationEnd, GenerationRun, TurnStore } from '../ports/turn-store.ts';
import type { Progress, ReplyFeed } from './reply-feed.ts';
import type { GenerationTimings } from './turn-timings.ts';

/** Why a bot is stopped before its reply is complete. */
export type StopReason = 'cancelled' | 'interrupted';

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
  store: TurnStore;
  /** Starts the bot, which reports why it finished. */
  generate: (signal: AbortSignal, reportFinish: (reason: FinishReason) => void) => AsyncIterable<string>;
  /** Extends what else the run holds. Never rejects. */
  extendLock: () => Promise<unknown>;
  /** Receives the error of a bot that failed. */
  onFailure: (error: unknown) => void;
  /** Awaited when the end is stored, before subscribers see it. Never rejects. */
  onEnd: (status: GenerationEnd['status']) => Promise<void>;
  /** Follows the stored reply, for when another run supersedes this one. */
  stored: ReplyFeed;
}

/** Runs the bot and stores its reply, whether a client follows or not. */
export function startGeneration(
  run: GenerationRun,
  { store, generate, extendLock, onFailure, onEnd, stored }: GenerationDeps,
  { leaseMs, heartbeatMs, tickMs }: GenerationTimings,
): Generation {
  const stopped = new AbortController();
  let stopReason: StopReason | undefined;
  let text = '';
  let finish: FinishReason = 'stop';
  let problem: Problem | undefined;
  let ended: { end?: Progress['end']; isSuperseded?: boolean; failure?: { cause: unknown } } = {};
  const progress = notifier();

  async function generateAndStore(): Promise<void> {
    const generated = new AbortController();
    const storing = storeProgress(generated.signal);
    const status = await runBot();
    generated.abort();
    const { chunks } = await storing;
    const finish_reason = status === 'completed' ? finish : undefined;
    const outcome = await store.finishReply(run, { status, content: text, finish_reason, problem: problem?.code }).then(
      (end) => (end ? { end } : { isSuperseded: true }),
      (cause: unknown) => ({ failure: { cause } }),
    );
    await onEnd(status);
    ended = outcome;
    progress.notify();
    // Chunks that cannot be deleted expire.
    if (chunks > 0) await store.deleteChunks(run).catch(() => undefined);
  }

  async function runBot(): Promise<'completed' | 'failed' | StopReason> {
    try {
      for await (const delta of generate(stopped.signal, (reason) => (finish = reason))) {
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

  /** Stores new chunks and extends the lease while the bot runs. What fails is tried again; the end stores all of it. */
  async function storeProgress(generated: AbortSignal): Promise<{ chunks: number }> {
    let leaseStoredMs = Number.NEGATIVE_INFINITY;
    let appended = 0;
    let chunks = 0;
    let chunk = '';
    let change = store.nextChange(run);
    for (;;) {
      await delay(tickMs, generated).catch(() => undefined);
      if (text.length === appended) await untilAborted(Promise.race([change, progress.next()]), generated);
      if (generated.aborted) return { chunks };
      change = store.nextChange(run);
      // A chunk that may have been stored is repeated as it was, since a server that polls may have read it.
      chunk ||= text.slice(appended);
      const nowMs = performance.now();
      try {
        if (chunk) {
          await store.appendChunk(run, appended, chunk);
          chunks += 1;
          appended += chunk.length;
        }
        const isFirst = chunk !== '' && appended === chunk.length;
        chunk = '';
        if (isFirst || nowMs - leaseStoredMs >= heartbeatMs) {
          // Servers that poll continue from here, so the stored text ends where a chunk ends.
          const [isOwn] = await Promise.all([store.extendLease(run, text.slice(0, appended), leaseMs), extendLock()]);
          if (isOwn) leaseStoredMs = nowMs;
          else stop('cancelled');
        } else {
          const reply = await store.getReply(run);
          if (!reply || reply.run !== run.run || reply.isCancelled) stop('cancelled');
        }
      } catch {}
    }
  }

  function stop(reason: StopReason): void {
    stopReason ??= reason;
    stopped.abort();
  }

  return {
    done: generateAndStore(),
    stop,
    async *feed(signal) {
      while (!signal.aborted) {
        const change = progress.next();
        const { end, isSuperseded, failure } = ended;
        if (failure) throw failure.cause;
        if (isSuperseded) {
          // A deleted reply has neither its run nor its text any more.
          for await (const next of stored(signal)) yield next.run === 0 ? { ...next, run: run.run, text } : next;
          return;
        }
        yield { run: run.run, text, end, problem };
        if (end) return;
        await untilAborted(change, signal);
      }
    },
  };
}
