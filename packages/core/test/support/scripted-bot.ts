import { Problem } from '@async-chatbot/shared/problem';
import { vi } from 'vitest';
import type { Bot, Turn } from '../../src/ports/bot.ts';

/** A bot whose provider rejects every request. */
// biome-ignore lint/correctness/useYield: it fails before its first delta.
export const misconfiguredBot: Bot = async function* () {
  throw new Problem('bot-misconfigured');
};

/** A bot that emits what the test writes. */
export function scriptedBot() {
  const started: ReturnType<typeof scriptedGeneration>[] = [];

  const bot: Bot = (turn, signal) => {
    const generation = scriptedGeneration(turn, signal);
    started.push(generation);
    return generation.deltas;
  };

  return {
    bot,
    started,
    /** Resolves to the nth generation, counted from 1. */
    nth: (count: number) =>
      vi.waitFor(
        () => {
          const generation = started[count - 1];
          if (!generation) throw new Error(`The bot has started only ${started.length} generations`);
          return generation;
        },
        { timeout: 5000, interval: 5 },
      ),
  };
}

function scriptedGeneration(turn: Turn, signal: AbortSignal) {
  const { readable, writable } = new TransformStream<string, string>(undefined, undefined, { highWaterMark: 1000 });
  const writer = writable.getWriter();
  signal.addEventListener('abort', () => void writer.abort(signal.reason).catch(() => undefined));
  return {
    turn,
    signal,
    deltas: readable,
    emit: (text: string) => writer.write(text),
    end: () => writer.close(),
    fail: () => writer.abort(new Error('canary: the bot has failed')),
  };
}
