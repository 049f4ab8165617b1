import { Problem } from '@async-chatbot/shared/problem';
import { vi } from 'vitest';
import type { Bot, Turn } from '../../src/ports/bot.ts';

/** A bot whose provider refuses every request. */
// biome-ignore lint/correctness/useYield: it fails before its first delta.
export const misconfiguredBot: Bot = async function* () {
  throw new Problem('bot-misconfigured');
};

/** A bot that emits what the test asks for. */
export function scriptedBot() {
  const asked: ReturnType<typeof scriptedGeneration>[] = [];

  const bot: Bot = (turn, signal) => {
    const answer = scriptedGeneration(turn, signal);
    asked.push(answer);
    return answer.deltas;
  };

  return {
    bot,
    asked,
    /** The answer that the bot was asked for as the first, second … */
    nth: (count: number) =>
      vi.waitFor(
        () => {
          const answer = asked[count - 1];
          if (!answer) throw new Error(`The bot was asked ${asked.length} times`);
          return answer;
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
