import type { Bot, Turn } from '@async-chatbot/core/ports/bot';

/** Limits on the time and length of a reply. */
export interface ReplyLimits {
  /** Limit on the time to the first text; other activity extends it to at least `idleMs` after that activity. */
  firstPartMs: number;
  /** Limit on the time without activity. */
  idleMs: number;
  totalMs: number;
  codePoints: number;
}

/** The contract's maximum length of a reply. */
export const MAX_CODE_POINTS = 32_000;

/** A bot that also reports activity that is not text, such as reasoning or a keep-alive. */
export type ActiveBot = (turn: Turn, signal: AbortSignal, onActivity: () => void) => AsyncIterable<string>;

export class BotTimeoutError extends Error {
  override name = 'BotTimeoutError';
  readonly code: 'first part' | 'idle' | 'total';

  constructor(code: BotTimeoutError['code']) {
    super(`The bot exceeded a time limit: ${code}`);
    this.code = code;
  }
}

/**
 * Aborts a bot that exceeds a limit or whose consumer leaves. Exceeding a time limit throws a `BotTimeoutError`; exceeding
 * the length ends the reply with the finish reason `length`. Does not wait for a bot that ignores its signal.
 */
export function withLimits(bot: ActiveBot, limits: ReplyLimits): Bot {
  return (turn, signal) => {
    const stop = new AbortController();
    const deltas = limited(bot, turn, { signal, stop, limits });
    return {
      [Symbol.asyncIterator]: () => ({
        next: () => deltas.next(),
        // A generator handles `return` only after its pending `await`, so abort that.
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

  /** Restarts the idle timer, which runs only while a delta is awaited. */
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
    // An abort takes precedence over a delta that has already arrived.
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

/** Rejects with the signal's reason when it is aborted. An unhandled rejection is not reported. */
function rejectionOf(signal: AbortSignal): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => undefined);
  signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  return promise;
}

/** The first `max` code points of a text. */
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
