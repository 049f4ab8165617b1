import { createRequire } from 'node:module';
import { createHistogram } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, Options, Result } from 'autocannon';
import type { Child } from './child.ts';
import { headersOf, type Load } from './loads.ts';

// Not in the workspace: `pnpm bench` installs it.
const require = createRequire(new URL('tools/package.json', import.meta.url));
const autocannon: typeof import('autocannon') = require('autocannon');

/** The result of one server under one load in one round. */
export interface Measurement {
  /** CPU time of the server process per request, including kernel and garbage collector. */
  cpuMicros: number;
  requestsPerSecond: number;
  p50Micros: number;
  p99Micros: number;
  /** The share of requests that the server refused with a 503, since it was overloaded. */
  refused: number;
  /** The share of one core that the load generator used. Near 1, it is the bottleneck. */
  generatorBusy: number;
}

export interface Traffic {
  connections: number;
  /** Time to open connections and fill queues before the measurement starts. */
  rampMs: number;
  durationMs: number;
  /** One for each user. Each connection is one user's. */
  accessTokens: readonly string[];
}

const OVERLOADED = 503;
const MIN_REQUESTS = 50;
const MAX_WAIT_MS = 5000;

/**
 * Sends requests as fast as the server responds. Excludes the ramp-up and the requests that are cut off at the end.
 *
 * Without a database, this process polls for responses instead of sleeping until there is one. A server that is slower than this
 * process would otherwise pay for waking it, with up to 20 µs per response, and a faster one would not. With a database, polling
 * would take CPU time from the database.
 */
export async function measure(
  server: Pick<Child, 'port' | 'usage'>,
  load: Load,
  { connections, rampMs, durationMs, accessTokens }: Traffic,
): Promise<Measurement> {
  const latencies = createHistogram();
  const statuses = new Map<number, number>();
  const { promise: result, resolve } = Promise.withResolvers<Result>();
  let connection = 0;
  const options: Options = {
    url: `http://127.0.0.1:${server.port}${load.path}`,
    method: load.method,
    ...(load.body && { body: load.body }),
    connections,
    setupClient(client: Client) {
      client.setHeaders(headersOf(load, accessTokens[connection++ % accessTokens.length] ?? ''));
    },
    // An upper bound in seconds. It is stopped earlier, unless the server hangs.
    duration: 60,
    sampleInt: 50,
  };
  const cannon = autocannon(options, (_error, result) => resolve(result));
  cannon.on('response', (_client, status, _bytes, milliseconds) => {
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    if (status !== load.status) return;
    latencies.record(Math.max(1, Math.round(milliseconds * 1000)));
  });

  let isPolling = !load.isStored;
  if (isPolling) poll();
  await sleep(rampMs);
  const before = await server.usage();
  const generatorBefore = process.cpuUsage();
  const startedAt = performance.now();
  latencies.reset();
  statuses.clear();
  await sleep(durationMs);
  // A slow server on a busy machine gets more time, so that there is something to measure.
  for (let waited = 0; latencies.count < MIN_REQUESTS && waited < MAX_WAIT_MS; waited += 50) await sleep(50);
  const after = await server.usage();
  const elapsedMs = performance.now() - startedAt;
  const generator = process.cpuUsage(generatorBefore);
  const { count } = latencies;
  const [p50Micros, p99Micros] = [latencies.percentile(50), latencies.percentile(99)];

  isPolling = false;
  cannon.stop();
  const { errors } = await result;
  const refused = statuses.get(OVERLOADED) ?? 0;
  statuses.delete(OVERLOADED);
  if (errors > 0 || statuses.size !== 1 || !statuses.has(load.status)) {
    const found = [...statuses].map(([status, times]) => `${status} ${times} times`).join(', ');
    throw new Error(
      `${load.name}: expected status ${load.status}, got ${found}, ${refused} refusals, ${errors} errors`,
    );
  }
  return {
    cpuMicros: (after.cpuMicros - before.cpuMicros) / count,
    requestsPerSecond: (count * 1000) / elapsedMs,
    p50Micros,
    p99Micros,
    refused: refused / (refused + count),
    generatorBusy: (generator.user + generator.system) / 1000 / elapsedMs,
  };

  function poll(): void {
    if (isPolling) setImmediate(poll);
  }
}
