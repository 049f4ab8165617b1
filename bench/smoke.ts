/**
 * Fails if the server uses much more CPU time per request than its goals allow, relative to the baselines. Then proves that it
 * can fail, with a server that wastes CPU time. A busy machine slows all servers, and so changes the ratios little.
 */

import { type Check, isMet, ratioChecks } from './checks.ts';
import { type Cell, compare, warmUp } from './compare.ts';
import { environmentOf } from './environment.ts';
import { assertFair } from './fairness.ts';
import { SMOKE_MARGIN } from './goals.ts';
import { LOADS } from './loads.ts';
import { startServer, startServers, startStub } from './servers.ts';

const LOAD_NAMES = new Set(['health', 'me', 'list 50', 'post']);
const MAX_RUN_MS = 3 * 60_000;

const watchdog = setTimeout(() => {
  throw new Error('The benchmark timed out: a server hangs');
}, MAX_RUN_MS);

const loads = LOADS.filter(({ name }) => LOAD_NAMES.has(name));
const plan = { rounds: 5, rampMs: 50, durationMs: 250 };
const stub = await startStub();
const servers = await startServers(stub, ['baseline', 'fastify', 'fast']);
await assertFair(stub, servers);
await warmUp(stub, servers, loads, 400);
const cells = await compare(stub, servers, [{ loads, connections: [32], delayMs: 0, plan }]);
const checks = ratioChecks(cells.map(bestRound), SMOKE_MARGIN);
for (const check of checks) console.log(lineOf(check));

const health = loads.slice(0, 1);
const slowed = await startServer('app-slowed', environmentOf(stub));
const suspects = { baseline: servers.baseline, fast: slowed };
await warmUp(stub, suspects, health, 200);
const slowedCells = await compare(stub, suspects, [
  { loads: health, connections: [32], delayMs: 0, plan: { ...plan, rounds: 1 } },
]);
const slowedChecks = ratioChecks(slowedCells, SMOKE_MARGIN);
for (const child of [stub, ...Object.values(servers), slowed]) child.stop();
clearTimeout(watchdog);

if (slowedChecks.length === 0 || slowedChecks.some(isMet)) {
  console.error('The smoke test cannot fail: it did not notice a server that wastes a millisecond per request.');
  process.exitCode = 1;
}
const exceeded = checks.filter((check) => !isMet(check));
if (exceeded.length > 0) {
  console.error(`The server has become too slow:\n${exceeded.map(lineOf).join('\n')}`);
  console.error('`npx --yes pnpm --filter @async-chatbot/bench run profile health` shows where the time goes.');
  process.exitCode = 1;
}

/** The round with the least CPU time: the one that other work on the machine disturbed least. */
function bestRound(cell: Cell): Cell {
  const best = cell.rounds.toSorted((a, b) => a.cpuMicros - b.cpuMicros).slice(0, 1);
  return { ...cell, rounds: best };
}

function lineOf({ title, found, limit }: Check): string {
  return `${title}: ${found.toFixed(2)}, at most ${limit.toFixed(2)}`;
}
