import { availableParallelism, cpus } from 'node:os';
import type { Child } from './child.ts';
import type { Load } from './loads.ts';
import type { Measurement } from './measure.ts';

/** One server under one load in all rounds. */
export interface Row {
  load: Load;
  title: string;
  server: Child;
  /** What it is held against; itself where there is none. */
  limit: Row | undefined;
  rounds: Measurement[];
}

export const machine = (): string =>
  `${availableParallelism()} cores (${cpus()[0]?.model.trim()}), Node ${process.version}, ${process.platform}`;

/** A table in Markdown, so that it can be kept. */
export function tableOf(rows: Row[]): string {
  return [HEAD, HEAD.map((_, column) => (column < WORDS ? ':--' : '--:')), ...rows.map(cellsOf)]
    .map((cells) => `| ${cells.map(pad).join(' | ')} |`)
    .join('\n');
}

/** The middle one of an odd number of values. */
export const median = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const HEAD = ['request', 'server', 'CPU µs', 'from–to', '× limit', 'requests/s', 'p50 ms', 'p99 ms'];
const WIDTHS = [7, 32, 6, 11, 7, 10, 6, 6];
/** How many columns hold words; the others hold numbers. */
const WORDS = 2;

const pad = (text: string, column: number): string =>
  column < WORDS ? text.padEnd(WIDTHS[column] ?? 0) : text.padStart(WIDTHS[column] ?? 0);

function cellsOf(row: Row): string[] {
  const cpu = row.rounds.map(({ cpuMicros }) => cpuMicros);
  return [
    row.load.name,
    row.title,
    median(cpu).toFixed(0),
    `${Math.min(...cpu).toFixed(0)}–${Math.max(...cpu).toFixed(0)}`,
    (medianOf(row, 'cpuMicros') / medianOf(row.limit ?? row, 'cpuMicros')).toFixed(2),
    medianOf(row, 'requestsPerSecond').toFixed(0),
    (medianOf(row, 'p50Micros') / 1000).toFixed(1),
    (medianOf(row, 'p99Micros') / 1000).toFixed(1),
  ];
}

const medianOf = ({ rounds }: Row, name: keyof Measurement): number => median(rounds.map((round) => round[name]));
