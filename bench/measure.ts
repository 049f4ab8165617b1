import { createRequire } from 'node:module';
import { createHistogram } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Options, Result } from 'autocannon';
import type { Child } from './child.ts';
import type { Load } from './loads.ts';

// Not in the workspace: `pnpm bench` installs it.
const require = createRequire(new URL('autocannon/package.json', import.meta.url));
const autocannon: typeof import('autocannon') = require('autocannon');

/** The result of one server under one load in one round. */
export interface Measurement {
  /** CPU time of the server process per request, including kernel and garbage collector. */
  cpuMicros: number;
  requestsPerSecond: number;
  p50Micros: number;
  p99Micros: number;
}

export const CONNECTIONS = 32;
/** Time to open connections and fill queues before the measurement starts. */
const RAMP_MS = 250;

/** Sends requests as fast as the server responds. Excludes the ramp-up and the requests that are cut off at the end. */
export async function measure(server: Child, load: Load, durationMs: number): Promise<Measurement> {
  const latencies = createHistogram();
  const { promise: result, resolve } = Promise.withResolvers<Result>();
  const options: Options = {
    url: `http://127.0.0.1:${server.port}${load.path}`,
    method: load.method,
    headers: load.headers,
    ...(load.body && { body: load.body }),
    connections: CONNECTIONS,
    // An upper bound in seconds. It is stopped earlier, unless the server hangs.
    duration: 60,
    sampleInt: 50,
  };
  const cannon = autocannon(options, (_error, result) => resolve(result));
  const statuses = new Set<number>();
  cannon.on('response', (_client, status, _bytes, milliseconds) => {
    statuses.add(status);
    latencies.record(Math.max(1, Math.round(milliseconds * 1000)));
  });

  await sleep(RAMP_MS);
  const before = await server.usage();
  const startedAt = performance.now();
  latencies.reset();
  await sleep(durationMs);
  const after = await server.usage();
  const seconds = (performance.now() - startedAt) / 1000;
  const { count } = latencies;
  const [p50Micros, p99Micros] = [latencies.percentile(50), latencies.percentile(99)];

  cannon.stop();
  const { errors } = await result;
  if (errors > 0 || statuses.size !== 1 || !statuses.has(load.status)) {
    throw new Error(`${load.name}: expected status ${load.status}, got ${[...statuses]} and ${errors} errors`);
  }
  const cpuMicros = (after.cpuMicros - before.cpuMicros) / count;
  return { cpuMicros, requestsPerSecond: count / seconds, p50Micros, p99Micros };
}
