import { type Bot, Interrupted } from '@async-chatbot/core/ports/bot';
import { delay } from '@async-chatbot/shared/delay';
import { Problem } from '@async-chatbot/shared/problem';
import type { ReplyScript, ReplyScripts } from './reply-script.ts';

/** The script of a reply in progress. */
export interface RunningScript {
  readonly deltas: readonly string[];
  /** Returns how the stream breaks after this many deltas. Each break happens once. */
  takeBreak(emitted: number): 'pause' | 'cut' | undefined;
}

/** Creates a bot that follows the next script, and access to the scripts of its replies. */
export function scriptedBot(scripts: ReplyScripts) {
  const running = new Map<string, RunningScript>();

  const bot: Bot = async function* ({ id_reply, reportFinish }, signal) {
    const script = scripts.next();
    running.set(id_reply, runningScript(script));
    const { deltas, delayMs = 0, end = 'completed', finishReason, problem = 'bot-unavailable' } = script;
    for (const delta of deltas) {
      await delay(delayMs, signal);
      yield delta;
    }
    await delay(end === 'never' ? Number.POSITIVE_INFINITY : delayMs, signal);
    if (end === 'interrupted') throw new Interrupted();
    if (end === 'failed') throw new Problem(problem);
    if (finishReason) reportFinish(finishReason);
  };

  return { bot, scriptOf: (id_reply: string) => running.get(id_reply), clearScripts: () => running.clear() };
}

function runningScript({ deltas, pauseAfterDeltas, cutAfterDeltas }: ReplyScript): RunningScript {
  const breaks = { pause: pauseAfterDeltas, cut: cutAfterDeltas };
  return {
    deltas,
    takeBreak(emitted) {
      const kind = (['pause', 'cut'] as const).find((each) => breaks[each] === emitted);
      if (kind) breaks[kind] = undefined;
      return kind;
    },
  };
}
