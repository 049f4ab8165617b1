import { createHistogram } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import autocannon, { type Options, type Result } from 'autocannon';
import type { Child } from './child.ts';
import type { Load } from './loads.ts';

/** One server under one load for a moment. */
export interface Measurement {
  /** CPU time of the server's process per request, kernel and garbage collector included. */
  cpuMicros: number;
  requestsPerSecond: number;
  p50Micros: number;
  p99Micros: number;
}

export const CONNECTIONS = 32;
/** How long connections open and queues fill before anything counts. */
const RAMP_MS = 250;

/** Loads a server with as many requests as it answers. Counts neither the ramp nor what is cut off at the end. */
export async function measure(server: Child, load: Load, durationMs: number): Promise<Measurement> {
  const latencies = createHistogram();
  const { promise: result, resolve } = Promise.withResolvers<Result>();
  const options: Options = {
    url: `http://127.0.0.1:${server.port}${load.path}`,
    method: load.method,
    headers: load.headers,
    ...(load.body && { body: load.body }),
    connections: CONNECTIONS,
    // It is stopped long before, unless the server hangs.
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
    throw new Error(`${load.name} was answered with ${[...statuses]} and ${errors} errors`);
  }
  const cpuMicros = (after.cpuMicros - before.cpuMicros) / count;
  return { cpuMicros, requestsPerSecond: count / seconds, p50Micros, p99Micros };
}
