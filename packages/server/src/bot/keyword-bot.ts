import type { Bot } from './bot.ts';

/** A bot that knows a few words and always has an answer, whole and at once. The first row whose word occurs wins. */
export const keywordBot = (): Bot =>
  async function* ({ content }, signal) {
    signal.throwIfAborted();
    yield ANSWERS.find(([words]) => words.test(content))?.[1] ?? FALLBACK;
  };

const FALLBACK = "I'm not sure I understand. Say “help” to see what I know.";

const ANSWERS: ReadonlyArray<readonly [RegExp, string]> = [
  [wholeWord('help'), 'You can greet me, ask about the weather, or ask for a joke.'],
  [wholeWord('weather'), 'I have no window, but I hope it is sunny where you are!'],
  [wholeWord('jokes?'), 'Why do programmers mix up Halloween and Christmas? Because Oct 31 equals Dec 25.'],
  [wholeWord('hello|hi|hey'), 'Hello! How can I help you today?'],
];

/** Unicode-aware, unlike `\b`: neither "this" nor "hié" holds the word "hi". */
function wholeWord(words: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}_])(?:${words})(?![\\p{L}\\p{N}\\p{M}_])`, 'iu');
}
