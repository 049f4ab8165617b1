/** `pnpm run profile <request>`: where the server's CPU time goes for one kind of request, and what garbage it leaves. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { environmentOf } from './environment.ts';
import { garbageOf } from './garbage.ts';
import { LOADS } from './loads.ts';
import { measure } from './measure.ts';
import type { Profiles } from './servers/profiler.ts';
import { SERVERS, startServer, startStub } from './servers.ts';
import { table } from './table.ts';

type Profile = Profiles['cpu'];
type Frame = Profile['nodes'][number]['callFrame'];

const TOP = 30;
const ROOT = fileURLToPath(new URL('../', import.meta.url));
const NOT_OF_SERVER = /^\((?:idle|root)\)$|node:inspector/;

const name = process.argv.slice(2).join(' ');
const load = LOADS.find((each) => each.name === name);
if (!load) {
  console.error(`Name one of these requests: ${LOADS.map((each) => each.name).join(', ')}`);
  process.exit(1);
}

const stub = await startStub();
const { file, env } = SERVERS.fast;
const profiler = ['--import', new URL('servers/profiler.ts', import.meta.url).href];
const server = await startServer(file, { ...environmentOf(stub), ...env }, profiler);
const traffic = { connections: 32, rampMs: 0, durationMs: 3000, accessTokens: stub.accessTokens };
await measure(server, load, traffic);
await server.ask('start-profile');
const { cpuMicros, requestsPerSecond } = await measure(server, load, traffic);
const { cpu: profile, garbage } = await server.ask<Profiles>('stop-profile');
server.stop();
stub.stop();

const folder = join(import.meta.dirname, '.data');
const path = join(folder, `${name.replaceAll(' ', '-')}.cpuprofile`);
await mkdir(folder, { recursive: true });
await writeFile(path, JSON.stringify(profile));

console.log(`${name}: ${cpuMicros.toFixed(0)} µs of CPU per request, with the profiler. Self time by package:\n`);
print(selfTimes(profile, partOf));
console.log('\nBy function:\n');
print(selfTimes(profile, placeOf));

const { allocatedBytes, promotedBytes, pauseMicros } = garbageOf(garbage);
const perRequest = (total: number) => (total / (requestsPerSecond * (traffic.durationMs / 1000))).toFixed(1);
console.log(
  `\nPer request: ${perRequest(allocatedBytes / 1000)} KB allocated, ${perRequest(promotedBytes / 1000)} KB moved to the old generation, ` +
    `${perRequest(pauseMicros)} µs of pauses for garbage collection.`,
);
console.log(`\nThe whole profile, for Chrome's developer tools: ${path}`);

function print(times: Map<string, number>): void {
  const total = [...times.values()].reduce((sum, count) => sum + count, 0);
  const rows = [...times]
    .sort(([, a], [, b]) => b - a)
    .slice(0, TOP)
    .map(([place, count]) => [
      place,
      `${((100 * count) / total).toFixed(1)}%`,
      ((cpuMicros * count) / total).toFixed(1),
    ]);
  console.log(table(['', 'share', 'µs'], rows));
}

/** Counts samples. Their durations would include other processes' turns on a busy machine. */
function selfTimes({ nodes, samples = [] }: Profile, nameOf: (frame: Frame) => string): Map<string, number> {
  const names = new Map(
    nodes.map(({ id, callFrame }) => [id, NOT_OF_SERVER.test(placeOf(callFrame)) ? '' : nameOf(callFrame)]),
  );
  const counts = new Map<string, number>();
  for (const id of samples) {
    const name = names.get(id);
    if (name) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

/** The package, or Node.js. Functions without a file are Node's native code. */
function partOf({ functionName, url }: Frame): string {
  if (functionName === '(garbage collector)') return 'garbage collection';
  if (!url) return 'native code of Node.js, such as writing to sockets';
  if (url.startsWith('node:')) return 'JavaScript of Node.js';
  return /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1] ?? /packages\/[^/]+/.exec(url)?.[0] ?? 'bench';
}

function placeOf({ functionName, url, lineNumber }: Frame): string {
  if (!url) return functionName;
  const file = url.replace(`file://${ROOT}`, '').replace(/.*\/node_modules\/(?!\.)/, '');
  return `${functionName || '(anonymous)'} ${file}:${lineNumber + 1}`;
}
