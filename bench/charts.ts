import { type Bar, chartOf } from './chart.ts';
import { type Cell, medianOf } from './compare.ts';
import { cellsOf, loadsIn, ratioOf } from './comparison-tables.ts';
import type { Histories } from './history.ts';
import { SERVERS, type ServerName } from './servers.ts';

/** The charts by file name. */
export function chartsOf(cells: readonly Cell[], { engine, lengths, pages }: Histories): Record<string, string> {
  const loads = loadsIn(cells);
  const stored = loadsIn(cells.filter(({ delayMs }) => delayMs > 0));
  return {
    'cpu.svg': chartOf({
      title: 'CPU time per request',
      note: 'relative to a bare server with the same headers and log line (dashed)',
      line: 1,
      groups: loads.map((load) => ({
        label: load,
        bars: barsOf(cellsOf(cells, load, 32, 0), ['fast', 'fastify', 'express'], ({ server }) => {
          const ratio = ratioOf(cells, load, server, 'baseline');
          return { value: ratio, text: ratio.toFixed(2) };
        }),
      })),
    }),
    'throughput.svg': chartOf({
      title: 'Requests per second',
      note: 'one process, 32 connections; each request has its own scale',
      isScaledByGroup: true,
      groups: loads.map((load) => ({
        label: load,
        bars: barsOf(cellsOf(cells, load, 32, 0), ['fast', 'baseline', 'fastify', 'express'], (cell) => {
          const value = medianOf(cell, 'requestsPerSecond');
          return { value, text: value.toFixed(0) };
        }),
      })),
    }),
    'latency.svg': chartOf({
      title: '99th percentile of the latency',
      note: 'with a database that takes 5 ms, 32 connections, milliseconds',
      groups: stored.map((load) => ({
        label: load,
        bars: barsOf(cellsOf(cells, load, 32, 5), ['fast', 'baseline', 'fastify', 'express'], (cell) => {
          const value = medianOf(cell, 'p99Micros') / 1000;
          return { value, text: value.toFixed(1) };
        }),
      })),
    }),
    'history.svg': chartOf({
      title: 'A page of 50 in a long history',
      note: `milliseconds, ${engine.replace(/ \(.*/, '')}`,
      groups: pages.map(({ title, medians }) => ({
        label: title,
        bars: medians.map((value, index) => ({
          label: `${lengths[index]?.toLocaleString('en')} messages`,
          value,
          text: value.toFixed(2),
          isOwn: true,
        })),
      })),
    }),
  };
}

function barsOf(
  cells: readonly Cell[],
  servers: readonly ServerName[],
  figureOf: (cell: Cell) => Pick<Bar, 'value' | 'text'>,
): Bar[] {
  return servers.flatMap((server) => {
    const cell = cells.find((each) => each.server === server);
    return cell ? { label: SERVERS[server].title, ...figureOf(cell), isOwn: server === 'fast' } : [];
  });
}
