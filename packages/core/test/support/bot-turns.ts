import type { FinishReason, PastTurn, Turn } from '../../src/ports/bot.ts';

/** A signal that is never aborted. */
export const never = new AbortController().signal;

/** A turn with this history, which records what the bot requested and reported. */
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

/** Collects the deltas of a reply. */
export async function deltasOf(reply: AsyncIterable<string>): Promise<string[]> {
  const deltas: string[] = [];
  for await (const delta of reply) deltas.push(delta);
  return deltas;
}
