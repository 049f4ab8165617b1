import { deferred } from '@async-chatbot/shared/deferred';
import type { Message, ProblemCode } from '../schemas.ts';
import { pause } from './pause.ts';
import type { ReplyScript } from './reply-script.ts';

/** Why the bot is stopped before its script ends. */
export type Stop = 'cancelled' | 'deleted';

/** How a reply came to its end: as it is kept, or deleted meanwhile. */
export type End = Message | 'deleted';

/** A reply that follows its script. */
export interface Generation {
  /** Which writing of the reply it is: the version that it began with. */
  readonly run: number;
  /** What was said so far. */
  readonly pieces: readonly string[];
  readonly end: End | undefined;
  /** What a client is told of a reply that failed. */
  readonly problem: ProblemCode;
  /** Resolves when there is more to tell than now. */
  readonly news: Promise<void>;
  /** Resolves to the end. */
  readonly done: Promise<End>;
  stop(as: Stop): void;
  /** How a stream breaks off that has told so many pieces; each break of the script happens once. */
  takeBreak(told: number): 'pause' | 'cut' | undefined;
}

/** Where what the bot says is kept. */
export interface Keeping {
  /** Keeps what is there so far. */
  keep(text: string): void;
  finish(end: Pick<Message, 'status' | 'content' | 'finish_reason'>): End;
}

/** Has the script played, whether anybody listens or not. */
export function startGeneration(run: number, script: ReplyScript, { keep, finish }: Keeping): Generation {
  const { deltas, delayMs = 0, end: scripted = 'completed', finishReason: finish_reason = 'stop' } = script;
  const breaks = { pause: script.pauseAfterDeltas, cut: script.cutAfterDeltas };
  const pieces: string[] = [];
  const stopped = new AbortController();
  let news = deferred<void>();
  let end: End | undefined;

  function tell(): void {
    news.resolve();
    news = deferred();
  }

  async function play(): Promise<End> {
    // A script that fails was stopped.
    await speak().catch(() => undefined);
    const text = pieces.join('');
    const isDeleted = stopped.signal.reason === 'deleted';
    end = isDeleted ? 'deleted' : finish(endOf(text));
    tell();
    return end;
  }

  async function speak(): Promise<void> {
    for (const delta of deltas) {
      await pause(delayMs, stopped.signal);
      pieces.push(delta);
      keep(pieces.join(''));
      tell();
    }
    await pause(scripted === 'never' ? Number.POSITIVE_INFINITY : delayMs, stopped.signal);
  }

  function endOf(content: string): Pick<Message, 'status' | 'content' | 'finish_reason'> {
    if (stopped.signal.aborted || scripted === 'never') return { status: 'cancelled', content };
    if (scripted !== 'completed') return { status: scripted, content };
    // A reply that was cut off may be empty.
    const isWhole = content !== '' || finish_reason === 'length' || finish_reason === 'content-filter';
    return isWhole ? { status: 'completed', content, finish_reason } : { status: 'failed', content };
  }

  function takeBreak(told: number): 'pause' | 'cut' | undefined {
    const kind = (['pause', 'cut'] as const).find((each) => breaks[each] === told);
    if (kind) breaks[kind] = undefined;
    return kind;
  }

  const done = play();
  return {
    run,
    pieces,
    problem: script.problem ?? 'bot-unavailable',
    done,
    get end() {
      return end;
    },
    get news() {
      return news.promise;
    },
    stop: (as) => stopped.abort(as),
    takeBreak,
  };
}
