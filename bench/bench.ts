/** Compares the server with baselines in one run, and writes the report. */
import { parseArgs } from 'node:util';
import { compare, type Scenario, warmUp } from './compare.ts';
import { cpuTable, latencyTable } from './comparison-tables.ts';
import { assertFair } from './fairness.ts';
import { LOADS } from './loads.ts';
import { SERVER_NAMES, startServers, startStub } from './servers.ts';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    /** The servers and requests to measure, all by default. */
    servers: { type: 'string' },
    loads: { type: 'string' },
  },
});
const names = SERVER_NAMES.filter((name) => !values.servers || values.servers.split(',').includes(name));
const loads = LOADS.filter(({ name }) => !values.loads || values.loads.split(',').includes(name));

const quick = { rounds: 1, rampMs: 100, durationMs: 250 };
const core = values.quick ? quick : { rounds: 5, rampMs: 150, durationMs: 800 };
const scenarios: Scenario[] = [{ loads, connections: [32], delayMs: 0, plan: core }];

const stub = await startStub();
const servers = await startServers(stub, names);
await assertFair(stub, servers);
await warmUp(stub, servers, loads, values.quick ? 100 : 500);
const cells = await compare(stub, servers, scenarios);
for (const child of [stub, ...Object.values(servers)]) child.stop();

console.log(cpuTable(cells));
console.log(latencyTable(cells, 0));
