/** Compares the server with baselines in one run, and writes the report and its charts. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chartsOf } from './charts.ts';
import { compare, type Scenario, warmUp } from './compare.ts';
import { cpuTable } from './comparison-tables.ts';
import { measureDelays } from './delays.ts';
import { assertFair } from './fairness.ts';
import { measureHistories } from './history.ts';
import { LOADS } from './loads.ts';
import { reportOf } from './report.ts';
import { SERVER_NAMES, startServers, startStub } from './servers.ts';
import { measureColdStarts, measureMemory } from './start.ts';

const MAX_RUN_MS = 25 * 60_000;

const { values } = parseArgs({
  options: {
    /** Measures briefly, to try the benchmark. */
    quick: { type: 'boolean', default: false },
    /** Compares only these servers and requests, separated by commas, and writes no report. */
    servers: { type: 'string' },
    loads: { type: 'string' },
    /** The length of the longest history. */
    history: { type: 'string', default: '1000000' },
  },
});
const { quick } = values;
const isPartial = values.servers !== undefined || values.loads !== undefined;
const chosen = <Name extends string>(names: readonly Name[], list?: string) =>
  list === undefined ? names : names.filter((name) => list.split(',').includes(name));
const names = chosen(SERVER_NAMES, values.servers ?? (quick ? 'baseline,fastify,express,fast' : undefined));
const loadNames = chosen(
  LOADS.map(({ name }) => name),
  values.loads,
);
const loads = LOADS.filter(({ name }) => loadNames.includes(name));
const stored = loads.filter(({ isStored }) => isStored);

/** Odd counts of rounds, so that the median is a measured value. */
const brief = { rounds: 1, rampMs: 50, durationMs: 150 };
const core = quick ? brief : { rounds: 5, rampMs: 150, durationMs: 800 };
const side = quick ? brief : { rounds: 3, rampMs: 100, durationMs: 300 };
const scenarios: Scenario[] = [
  { loads, connections: [32], delayMs: 0, plan: core },
  ...(isPartial || quick ? [] : [{ loads, connections: [1, 128], delayMs: 0, plan: side }]),
  ...(isPartial
    ? []
    : [
        {
          loads: quick ? stored.slice(0, 1) : stored,
          connections: quick ? [32] : [1, 32, 128],
          delayMs: 5,
          plan: side,
        },
      ]),
];
const lengths = [100, ...(quick ? [1000] : [10_000, 100_000, 1_000_000])].filter(
  (each) => each <= Number(values.history),
);

const watchdog = setTimeout(() => {
  throw new Error('The benchmark timed out: a server hangs');
}, MAX_RUN_MS);
const startedAt = performance.now();
const progress = (text: string) => console.log(`${((performance.now() - startedAt) / 1000).toFixed(0)} s: ${text}`);

const stub = await startStub();
const servers = await startServers(stub, names);
progress('comparing');
await assertFair(stub, servers);
await warmUp(stub, servers, loads, quick ? 100 : 500);
const cells = await compare(stub, servers, scenarios);
for (const server of Object.values(servers)) server.stop();
console.log(cpuTable(cells));
if (!isPartial) await writeReport();
stub.stop();
clearTimeout(watchdog);

async function writeReport(): Promise<void> {
  progress('measuring delays');
  const delays = await measureDelays(stub, quick ? { rounds: 1, durationMs: 300 } : { rounds: 5, durationMs: 2000 });
  progress('measuring the start and memory of the bundle');
  const coldStart = await measureColdStarts(stub, quick ? 1 : 5);
  const memory = await measureMemory(stub, quick ? 200 : 2000);
  progress('measuring long histories');
  const histories = await measureHistories({ lengths, pages: quick ? 11 : 101, writeMs: 300_000, isOnDynalite: quick });
  // A quick run must not replace the results of a full one.
  const folder = join(import.meta.dirname, quick ? '.data' : '.');
  await mkdir(join(folder, 'charts'), { recursive: true });
  await writeFile(join(folder, 'report.md'), reportOf({ cells, delays, histories, coldStart, memory }));
  for (const [name, svg] of Object.entries(chartsOf(cells, histories)))
    await writeFile(join(folder, 'charts', name), svg);
  progress(`wrote ${join(folder, 'report.md')}`);
}
