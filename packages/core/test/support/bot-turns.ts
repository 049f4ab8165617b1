import type { FinishReason, PastTurn, Turn } from '../../src/ports/bot.ts';

/** A signal that is never aborted. */
export const never = new AbortController().signal;

/** A turn with this history, and what the bot asked for and reported. */
export function turnOf(content: string, past: PastTurn[] = []) {
  const limits: number[] = [];
  const tokens: number[] = [];
  const finishes: FinishReason[] = [];
  return {
    id_reply: 'a reply',
    content,
    isStreamed: true,
    limits,
    tokens,
    finishes,
    async history(limit: number) {
      limits.push(limit);
      return past;
    },
    /** The last report counts. */
    reportUsage: (count: number) => void tokens.splice(0, 1, count),
    reportFinish: (reason: FinishReason) => void finishes.push(reason),
  } satisfies Turn & Record<string, unknown>;
}

/** The whole answer, piece by piece. */
export async function piecesOf(answer: AsyncIterable<string>): Promise<string[]> {
  const pieces: string[] = [];
  for await (const piece of answer) pieces.push(piece);
  return pieces;
}
