import { setTimeout as sleep } from 'node:timers/promises';
import type { Bot, Turn } from '@async-chatbot/core/ports/bot';

/**
 * A bot that knows a few keywords; the first one in its list that the message contains determines the reply. Streams the
 * reply word by word, `wordDelayMs` apart; with 0, and to a JSON send, it replies in one delta.
 */
export function keywordBot(wordDelayMs: number): Bot {
  async function* reply({ content, isStreamed, reportUsage }: Turn, signal: AbortSignal) {
    const text = replyTo(content);
    const words = isStreamed && wordDelayMs > 0 ? text.split(/(?= )/) : [text];
    reportUsage(0);
    for (const [index, word] of words.entries()) {
      if (index > 0) await sleep(wordDelayMs, undefined, { signal }).catch(() => undefined);
      signal.throwIfAborted();
      yield word;
    }
    signal.throwIfAborted();
  }

  return Object.assign(reply, { instantReply: replyTo });
}

const replyTo = (content: string): string => REPLIES.find(([words]) => words.test(content))?.[1] ?? FALLBACK;

const FALLBACK = "I'm not sure I understand. Say “help” to see what I know.";

const REPLIES: ReadonlyArray<readonly [RegExp, string]> = [
  [wholeWord('help'), 'You can greet me, ask about the weather, or ask for a joke.'],
  [wholeWord('weather'), 'I have no window, but I hope it is sunny where you are!'],
  [wholeWord('jokes?'), 'Why do programmers mix up Halloween and Christmas? Because Oct 31 equals Dec 25.'],
  [wholeWord('hello|hi|hey'), 'Hello! How can I help you today?'],
];

/** Unicode-aware, unlike `\b`: neither "this" nor "hié" contains the word "hi". */
function wholeWord(words: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}_])(?:${words})(?![\\p{L}\\p{N}\\p{M}_])`, 'iu');
}
