import type { Bot, Turn } from './bot.ts';

/** What an answer may take, in time and in length. */
export interface AnswerLimits {
  firstPieceMs: number;
  nextPieceMs: number;
  wholeMs: number;
  codePoints: number;
}

const USUAL: AnswerLimits = { firstPieceMs: 15_000, nextPieceMs: 20_000, wholeMs: 90_000, codePoints: 32_000 };

/** The bot did not go on in time. */
export class BotLateError extends Error {
  override name = 'BotLateError';
  readonly code: 'first piece' | 'next piece' | 'whole answer';

  constructor(code: BotLateError['code']) {
    super(`The bot took too long: ${code}`);
    this.code = code;
  }
}

/**
 * A bot that is aborted once it is late, has said enough, or is listened to no more. Being late throws a `BotLateError`;
 * an answer that is long enough just ends. It is never waited for: not even to end.
 */
export function timeLimited(bot: Bot, limits = USUAL): Bot {
  return (turn, signal) => {
    const stop = new AbortController();
    const pieces = limited(bot, turn, { signal, stop, limits });
    return {
      [Symbol.asyncIterator]: () => ({
        next: () => pieces.next(),
        // By itself a generator that waits for a piece would end after that piece alone.
        return() {
          stop.abort();
          return pieces.return();
        },
      }),
    };
  };
}

interface Stopping {
  signal: AbortSignal;
  stop: AbortController;
  limits: AnswerLimits;
}

async function* limited(bot: Bot, turn: Turn, { signal, stop, limits }: Stopping): AsyncGenerator<string, void> {
  signal.throwIfAborted();
  const stopped = AbortSignal.any([signal, stop.signal]);
  const aborted = rejectionOf(stopped);
  const within = (ms: number, code: BotLateError['code']) => setTimeout(() => stop.abort(new BotLateError(code)), ms);
  const whole = within(limits.wholeMs, 'whole answer');
  let piece = within(limits.firstPieceMs, 'first piece');
  let left = limits.codePoints;
  const pieces = bot(turn, stopped)[Symbol.asyncIterator]();
  try {
    while (left > 0) {
      const { done, value } = await Promise.race([pieces.next(), aborted]);
      clearTimeout(piece);
      // A piece that was there already comes before the reason.
      stopped.throwIfAborted();
      if (done) return;
      const head = headOf(value, left);
      left -= head.codePoints;
      yield head.text;
      piece = within(limits.nextPieceMs, 'next piece');
    }
  } finally {
    clearTimeout(whole);
    clearTimeout(piece);
    stop.abort();
    pieces.return?.().catch(() => undefined);
  }
}

/** Rejects with the signal's reason once it is aborted, and bothers nobody who does not wait for it. */
function rejectionOf(signal: AbortSignal): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => undefined);
  signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  return promise;
}

/** As much of a text as has this many code points. */
function headOf(text: string, most: number): { text: string; codePoints: number } {
  let codePoints = 0;
  let end = 0;
  for (const character of text) {
    if (codePoints === most) break;
    codePoints += 1;
    end += character.length;
  }
  return { text: text.slice(0, end), codePoints };
}
