/** Measures delays that a user notices: of the first delta of a reply, and of `/health` on a busy server. */
import { type Child, startChild } from './child.ts';
import { environmentOf } from './environment.ts';
import { shuffled } from './figures.ts';
import { headersOf, LOADS, type LoadName } from './loads.ts';
import { measure } from './measure.ts';
import type { ProbeRequest } from './servers/probe.ts';
import { type ServerName, type Stub, startServer } from './servers.ts';

export interface DelayPlan {
  rounds: number;
  durationMs: number;
}

/** The delays of one server in each round, in milliseconds. */
export interface Delays {
  server: ServerName;
  /** From the bot's first delta to the client's, on an idle server. */
  firstDelta: number[][];
  /** Of `/health` while 32 connections list. */
  busyHealth: number[][];
}

/** The files in `servers/` with a bot whose deltas are times. */
const CLOCK_SERVERS = {
  baseline: 'bare-with-headers',
  fastify: 'fastify',
  express: 'express-stock',
  fast: 'app-clock',
} as const;

export async function measureDelays(stub: Stub, { rounds, durationMs }: DelayPlan): Promise<Delays[]> {
  const probe = await startChild('probe', environmentOf(stub));
  const env = { ...environmentOf(stub), BENCH_BOT: 'clock', DYNAMO_CLIENT: 'fast' };
  const results: (Delays & { child: Child })[] = [];
  for (const [server, file] of Object.entries(CLOCK_SERVERS)) {
    const child = await startServer(file, env);
    // The cast: the keys above are names of servers.
    results.push({ server: server as ServerName, child, firstDelta: [], busyHealth: [] });
  }

  const accessTokens = stub.accessTokens.slice(1);
  const list = loadOf('list 50');
  const streamed = loadOf('streamed post');
  const headers = headersOf(streamed, stub.accessTokens[0] ?? '');
  const measureProbe = (kind: ProbeRequest['kind'], { port }: Child, ms: number) =>
    probe.ask<number[]>({ kind, port, headers, body: streamed.body, durationMs: ms } satisfies ProbeRequest);
  const healthWhileListing = async (child: Child) => {
    const traffic = { connections: 32, rampMs: 100, durationMs: durationMs + 200, accessTokens };
    const [latencies] = await Promise.all([measureProbe('health', child, durationMs), measure(child, list, traffic)]);
    return latencies;
  };

  for (const { child } of results) {
    await measureProbe('first-delta', child, durationMs / 2);
    await healthWhileListing(child);
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const { child, firstDelta, busyHealth } of shuffled(results)) {
      firstDelta.push(await measureProbe('first-delta', child, durationMs));
      busyHealth.push(await healthWhileListing(child));
    }
  }
  probe.stop();
  for (const { child } of results) child.stop();
  return results;
}

function loadOf(name: LoadName) {
  const load = LOADS.find((each) => each.name === name);
  if (!load) throw new Error(`No load is called ${name}`);
  return load;
}
