import { setTimeout as sleep } from 'node:timers/promises';
import { REPLY } from './canned.ts';

/** A bot's deltas. */
export type Deltas = () => AsyncIterable<string> | Iterable<string>;

/** How long the bot of `clockDeltas` thinks. */
const THINKING_MS = 20;

/** The whole reply at once, as from the keyword bot without a delay between words. */
export const cannedDeltas: Deltas = () => [REPLY];

/** Each delta is the time at which the bot sends it. */
export async function* clockDeltas(): AsyncGenerator<string, void> {
  await sleep(THINKING_MS);
  for (let count = 0; count < 3; count += 1) yield `${performance.timeOrigin + performance.now()} `;
}

/** The deltas that the benchmark has chosen. */
export const chosenDeltas: Deltas = process.env.BENCH_BOT === 'clock' ? clockDeltas : cannedDeltas;
