import type { Bot, Turn } from '@async-chatbot/core/ports/bot';

/** What a reply may take, in time and in length. */
export interface ReplyLimits {
  /** Before the first text, silence lasts until the later of this and `idleMs`. */
  firstPartMs: number;
  /** Without any sign of activity. */
  idleMs: number;
  totalMs: number;
  codePoints: number;
}

/** As much as a message of the contract may have. */
export const MAX_CODE_POINTS = 32_000;

/** A bot that also reports activity that is not text, such as reasoning or a keep-alive. */
export type ActiveBot = (turn: Turn, signal: AbortSignal, onActivity: () => void) => AsyncIterable<string>;

/** The bot exceeded one of its time limits. */
export class BotTimeoutError extends Error {
  override name = 'BotTimeoutError';
  readonly code: 'first part' | 'idle' | 'total';

  constructor(code: BotTimeoutError['code']) {
    super(`The bot exceeded a time limit: ${code}`);
    this.code = code;
  }
}

/**
 * A bot that is aborted when it exceeds a limit or its consumer leaves. Exceeding a time limit throws a
 * `BotTimeoutError`; exceeding the length ends the reply with the finish reason `length`. A bot that ignores its signal is
 * not waited for.
 */
export function withLimits(bot: ActiveBot, limits: ReplyLimits): Bot {
  return (turn, signal) => {
    const stop = new AbortController();
    const deltas = limited(bot, turn, { signal, stop, limits });
    return {
      [Symbol.asyncIterator]: () => ({
        next: () => deltas.next(),
        // A generator that awaits a delta would not notice `return` before that delta.
        return() {
          stop.abort();
          return deltas.return();
        },
      }),
    };
  };
}

interface Stopping {
  signal: AbortSignal;
  stop: AbortController;
  limits: ReplyLimits;
}

async function* limited(bot: ActiveBot, turn: Turn, { signal, stop, limits }: Stopping): AsyncGenerator<string, void> {
  signal.throwIfAborted();
  const stopped = AbortSignal.any([signal, stop.signal]);
  const aborted = rejectionOf(stopped);
  const expire = (code: BotTimeoutError['code']) => () => stop.abort(new BotTimeoutError(code));
  const total = setTimeout(expire('total'), limits.totalMs);
  const firstPartAt = performance.now() + limits.firstPartMs;
  let idle: NodeJS.Timeout | undefined;
  let idleMs = 0;
  let hasText = false;
  let isAwaited = false;

  function onActivity(): void {
    ({ idleMs } = limits);
    wait();
  }

  /** The idle timer runs only while a delta is awaited. */
  function wait(): void {
    clearTimeout(idle);
    if (!isAwaited || stopped.aborted) return;
    const firstPartMs = hasText ? 0 : firstPartAt - performance.now();
    idle = setTimeout(expire(firstPartMs > idleMs ? 'first part' : 'idle'), Math.max(firstPartMs, idleMs));
  }

  async function next(deltas: AsyncIterator<string>): Promise<IteratorResult<string>> {
    isAwaited = true;
    wait();
    const result = await Promise.race([deltas.next(), aborted]);
    isAwaited = false;
    clearTimeout(idle);
    // A delta that was there already loses against the abort.
    stopped.throwIfAborted();
    return result;
  }

  let left = limits.codePoints;
  const deltas = bot(turn, stopped, onActivity)[Symbol.asyncIterator]();
  try {
    for (;;) {
      const { done, value } = await next(deltas);
      if (done) return;
      hasText = true;
      ({ idleMs } = limits);
      const head = headOf(value, left);
      left -= head.codePoints;
      if (head.text !== '') yield head.text;
      if (head.text.length < value.length) return turn.reportFinish('length');
    }
  } finally {
    clearTimeout(total);
    clearTimeout(idle);
    stop.abort();
    deltas.return?.().catch(() => undefined);
  }
}

/** Rejects with the signal's reason once it is aborted. Its rejection may go unhandled. */
function rejectionOf(signal: AbortSignal): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => undefined);
  signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  return promise;
}

/** As much of a text as has this many code points. */
function headOf(text: string, max: number): { text: string; codePoints: number } {
  let codePoints = 0;
  let end = 0;
  for (const character of text) {
    if (codePoints === max) break;
    codePoints += 1;
    end += character.length;
  }
  return { text: text.slice(0, end), codePoints };
}
