import { availableParallelism, cpus } from 'node:os';
import type { Child } from './child.ts';
import type { Load } from './loads.ts';
import type { Measurement } from './measure.ts';

/** The results of one server under one load in all rounds. */
export interface Row {
  load: Load;
  title: string;
  server: Child;
  /** The row to compare with; itself if there is none. */
  limit: Row | undefined;
  rounds: Measurement[];
}

export const machine = (): string =>
  `${availableParallelism()} cores (${cpus()[0]?.model.trim()}), Node ${process.version}, ${process.platform}`;

/** Formats the rows as a Markdown table. */
export function tableOf(rows: Row[]): string {
  return [HEAD, HEAD.map((_, column) => (column < TEXT_COLUMNS ? ':--' : '--:')), ...rows.map(cellsOf)]
    .map((cells) => `| ${cells.map(pad).join(' | ')} |`)
    .join('\n');
}

/** Returns the median of an odd number of values. */
export const median = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const HEAD = ['request', 'server', 'CPU µs', 'from–to', '× limit', 'requests/s', 'p50 ms', 'p99 ms'];
const WIDTHS = [7, 35, 6, 11, 7, 10, 6, 6];
/** The number of text columns. The others hold numbers. */
const TEXT_COLUMNS = 2;

const pad = (text: string, column: number): string =>
  column < TEXT_COLUMNS ? text.padEnd(WIDTHS[column] ?? 0) : text.padStart(WIDTHS[column] ?? 0);

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
