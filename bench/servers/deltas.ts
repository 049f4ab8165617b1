import { setTimeout as sleep } from 'node:timers/promises';
import { REPLY } from './canned.ts';

/** A bot's deltas. */
export type Deltas = () => AsyncIterable<string> | Iterable<string>;

/** The delay before the first of the `clockDeltas`. */
const THINKING_MS = 5;

/** The whole reply at once, as from the keyword bot without a delay between words. */
export const cannedDeltas: Deltas = () => [REPLY];

/** The monotonic clock, which all processes of a machine share. */
export const monotonicMs = (): number => Number(process.hrtime.bigint()) / 1e6;

/** Each delta is the time at which the bot sends it. */
export async function* clockDeltas(): AsyncGenerator<string, void> {
  await sleep(THINKING_MS);
  for (let count = 0; count < 3; count += 1) yield `${monotonicMs()} `;
}

/** The deltas that the benchmark has chosen. */
export const chosenDeltas: Deltas = process.env.BENCH_BOT === 'clock' ? clockDeltas : cannedDeltas;
