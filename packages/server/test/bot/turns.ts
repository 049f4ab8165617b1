import type { Said, Turn } from '../../src/bot/bot.ts';

/** A signal that is never aborted. */
export const never = new AbortController().signal;

/** What is to be answered, and what the bot asked for and told on the way. */
export function turnOf(content: string, said: Said[] = []) {
  const limits: number[] = [];
  const tokens: number[] = [];
  return {
    content,
    limits,
    tokens,
    async history(limit: number) {
      limits.push(limit);
      return said.slice(-limit);
    },
    spent: (count: number) => void tokens.push(count),
  } satisfies Turn & Record<string, unknown>;
}

/** The whole answer, piece by piece. */
export async function piecesOf(answer: AsyncIterable<string>): Promise<string[]> {
  const pieces: string[] = [];
  for await (const piece of answer) pieces.push(piece);
  return pieces;
}
