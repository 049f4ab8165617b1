import { type Check, isMet, ratioChecks } from './checks.ts';
import type { Cell } from './compare.ts';
import { cpuTable, latencyTable } from './comparison-tables.ts';
import type { Delays } from './delays.ts';
import { machine, megabytes, percentileOfRounds } from './figures.ts';
import { GOALS } from './goals.ts';
import type { Histories } from './history.ts';
import { SERVERS } from './servers.ts';
import type { ColdStart, Memory } from './start.ts';
import { table } from './table.ts';

/** What one run measured. */
export interface Results {
  cells: Cell[];
  delays: Delays[];
  histories: Histories;
  coldStart: ColdStart;
  memory: Memory;
}

export function reportOf({ cells, delays, histories, coldStart, memory }: Results): string {
  return `# Results of the benchmark

Written by \`npx --yes pnpm bench\` on ${new Date().toISOString().slice(0, 10)}: ${machine()}. [How it is measured](README.md).

## Goals

${goalsTable(checksOf({ cells, delays, histories, coldStart, memory }))}

## CPU time per request

Microseconds at 32 connections, and in parentheses the median of the rounds' ratios to the bare server with headers. The database
takes no time.

${cpuTable(cells)}

![CPU time per request, relative to the bare server with headers.](charts/cpu.svg)

## Throughput and latency

The database takes no time. \`*\`: the load generator used a whole core, so the server may do more; it always does for health and
me, where it polls. \`†\`: the server was overloaded and refused some requests.

${latencyTable(cells, 0)}

![Requests per second of each server.](charts/throughput.svg)

The database takes 5 ms for each request.

${latencyTable(cells, 5)}

![99th percentile of the latency with a database that takes 5 ms.](charts/latency.svg)

## Delays

From the bot's first delta to the client's, on an idle server; and of \`/health\` while 32 connections list. In milliseconds.

${delaysTable(delays)}

## Long histories

Milliseconds for a page of 50 messages, on ${histories.engine}, and in parentheses relative to the shortest history.

${historiesTable(histories)}

![The time of a page in short and long histories.](charts/history.svg)

## Start and memory

The bundle, started as in the image.

${table(['', ''], startRows(coldStart, memory))}
`;
}

function checksOf({ cells, delays, histories, coldStart, memory }: Results): Check[] {
  const own = delays.find(({ server }) => server === 'fast');
  return [
    ...ratioChecks(cells),
    ...histories.pages.map(({ title, medians: [short = 0, ...longer] }) => ({
      title: `${title} of ${histories.lengths.at(-1)?.toLocaleString('en')} messages ÷ of ${histories.lengths[0]}`,
      found: (longer.at(-1) ?? Number.NaN) / short,
      limit: GOALS.historyRatio,
    })),
    {
      title: 'p99 from the first delta of the bot to that of the client, ms',
      found: percentileOfRounds(own?.firstDelta ?? [], 99),
      limit: GOALS.firstDeltaP99Ms,
    },
    {
      title: 'p99 of /health while 32 connections list, ms',
      found: percentileOfRounds(own?.busyHealth ?? [], 99),
      limit: GOALS.busyHealthP99Ms,
    },
    { title: 'cold start, ms', found: coldStart.startMs, limit: GOALS.coldStartMs },
    {
      title: 'cold start and the first me, which loads the AWS clients, ms',
      found: coldStart.startWithMeMs,
      limit: GOALS.coldStartMs,
    },
    { title: 'idle memory, MB', found: memory.idleBytes / 1e6, limit: GOALS.idleBytes / 1e6 },
    { title: 'memory after load, MB', found: memory.loadedBytes / 1e6, limit: GOALS.loadedBytes / 1e6 },
  ];
}

const goalsTable = (checks: readonly Check[]): string =>
  table(
    ['', 'goal', 'found', ''],
    checks.map((check) => [
      check.title,
      `≤ ${numberOf(check.limit)}`,
      numberOf(check.found),
      isMet(check) ? 'pass' : '**fail**',
    ]),
  );

const numberOf = (value: number): string => (value < 10 ? value.toFixed(2).replace(/\.?0+$/, '') : value.toFixed(0));

const delaysTable = (delays: readonly Delays[]): string =>
  table(
    ['', 'first delta p50', 'p99', '/health p50', 'p99'],
    delays.map(({ server, firstDelta, busyHealth }) => [
      SERVERS[server].title,
      percentileOfRounds(firstDelta, 50).toFixed(2),
      percentileOfRounds(firstDelta, 99).toFixed(2),
      percentileOfRounds(busyHealth, 50).toFixed(1),
      percentileOfRounds(busyHealth, 99).toFixed(1),
    ]),
  );

const historiesTable = ({ lengths, pages }: Histories): string =>
  table(
    ['', ...lengths.map((length) => length.toLocaleString('en'))],
    pages.map(({ title, medians }) => [
      title,
      ...medians.map((value) => `${value.toFixed(2)} (${(value / (medians[0] ?? value)).toFixed(2)})`),
    ]),
  );

const startRows = ({ startMs, firstMs }: ColdStart, { idleBytes, loadedBytes }: Memory): string[][] => [
  ['cold start: from spawning the process to the first response', `${startMs.toFixed(0)} ms`],
  ...Object.entries(firstMs).map(([load, ms]) => [
    `${load === 'health' ? 'of which' : 'then'} the first ${load}`,
    `${ms.toFixed(0)} ms`,
  ]),
  ['memory, idle', megabytes(idleBytes)],
  ['memory after all requests at 32 connections', megabytes(loadedBytes)],
];
