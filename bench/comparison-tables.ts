import { type Cell, medianOf } from './compare.ts';
import { median } from './figures.ts';
import { LOADS, type LoadName } from './loads.ts';
import { SERVERS, type ServerName } from './servers.ts';
import { table } from './table.ts';

/** The cells of one load, connection count and delay. */
export const cellsOf = (cells: readonly Cell[], load: LoadName, connections: number, delayMs: number): Cell[] =>
  cells.filter((cell) => cell.load.name === load && cell.connections === connections && cell.delayMs === delayMs);

/** The CPU time per request of one server, relative to another: the median of the rounds' ratios. */
export function ratioOf(cells: readonly Cell[], load: LoadName, server: ServerName, to: ServerName): number {
  const [own, other] = [server, to].map((name) => cellsOf(cells, load, 32, 0).find((cell) => cell.server === name));
  if (!own || !other) return Number.NaN;
  return median(own.rounds.map(({ cpuMicros }, round) => cpuMicros / (other.rounds[round]?.cpuMicros ?? Number.NaN)));
}

/** CPU time per request at 32 connections, one row per request and one column per server. */
export function cpuTable(cells: readonly Cell[]): string {
  const rows = loadsIn(cells).map((load) => [
    load,
    ...serversIn(cells).map((server) => {
      const cell = cellsOf(cells, load, 32, 0).find((each) => each.server === server);
      return cell
        ? `${medianOf(cell, 'cpuMicros').toFixed(0)} (${ratioOf(cells, load, server, 'baseline').toFixed(2)})`
        : '';
    }),
  ]);
  return table(['request', ...serversIn(cells).map((name) => SERVERS[name].title)], rows);
}

/** Requests per second and latencies, one row per request and server and three columns per connection count. */
export function latencyTable(cells: readonly Cell[], delayMs: number): string {
  const counts = [
    ...new Set(cells.filter((cell) => cell.delayMs === delayMs).map(({ connections }) => connections)),
  ].sort((a, b) => a - b);
  const rows = loadsIn(cells.filter((cell) => cell.delayMs === delayMs)).flatMap((load) =>
    serversIn(cells).map((server) => [
      `${load}, ${SERVERS[server].title}`,
      ...counts.flatMap((count) => {
        const cell = cellsOf(cells, load, count, delayMs).find((each) => each.server === server);
        return cell ? figuresOf(cell) : ['', '', ''];
      }),
    ]),
  );
  return table(['', ...counts.flatMap((count) => [`${count}: /s`, 'p50 ms', 'p99 ms'])], rows);
}

/** Marked if the load generator was the bottleneck, or if requests were refused. */
const figuresOf = (cell: Cell): string[] => [
  medianOf(cell, 'requestsPerSecond').toFixed(0) +
    (medianOf(cell, 'generatorBusy') > 0.85 ? '*' : '') +
    (cell.rounds.some(({ refused }) => refused > 0) ? '†' : ''),
  (medianOf(cell, 'p50Micros') / 1000).toFixed(2),
  (medianOf(cell, 'p99Micros') / 1000).toFixed(1),
];

export const loadsIn = (cells: readonly Cell[]): LoadName[] =>
  LOADS.map(({ name }) => name).filter((name) => cells.some(({ load }) => load.name === name));

const serversIn = (cells: readonly Cell[]): ServerName[] => [...new Set(cells.map(({ server }) => server))];
