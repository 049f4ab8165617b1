import { availableParallelism, cpus } from 'node:os';

/** Returns the median of an odd number of values. */
export const median = (values: readonly number[]): number => percentile(values, 50);

/** Returns the smallest value that this share of the values does not exceed. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}

/** Returns the median of the rounds' percentiles, for an odd number of rounds. */
export const percentileOfRounds = (rounds: readonly (readonly number[])[], percent: number): number =>
  median(rounds.map((values) => percentile(values, percent)));

export function shuffled<Item>(items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, place: Math.random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}

export const megabytes = (bytes: number): string => `${Math.round(bytes / 1_000_000)} MB`;

export const machine = (): string =>
  `${availableParallelism()} cores (${cpus()[0]?.model.trim()}), Node ${process.version}, ${process.platform}`;
