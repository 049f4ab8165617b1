/** Sends more requests than the server can serve, and reports what becomes of them and how soon the server recovers. */
import http from 'node:http';
import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Child } from './child.ts';
import { headersOf, LOADS, type Load } from './loads.ts';
import { startServers, startStub } from './servers.ts';

const CONNECTIONS = 32;
const CAPACITY_MS = 4000;
const OVERLOAD_MS = 15_000;
const FACTOR = 3;
const TICK_MS = 5;
/** A client that waits longer has given up. */
const PATIENCE_MS = 1000;

interface Outcome {
  accepted: RecordableHistogram;
  refused: RecordableHistogram;
  /** Accepted requests whose response came in time. */
  inTime: number;
  resets: number;
}

const stub = await startStub();
const [accessToken = ''] = stub.accessTokens;
const { fast: server } = await startServers(stub, ['fast']);

/** As from a load balancer: connections stay open, and requests that find none wait. */
const agent = new http.Agent({ keepAlive: true, maxSockets: 1000, maxFreeSockets: 1000 });
const newOutcome = (): Outcome => ({ accepted: createHistogram(), refused: createHistogram(), inTime: 0, resets: 0 });

function send({ port }: Child, load: Load, outcome: Outcome): Promise<void> {
  const { method, path, body, status } = load;
  const headers = headersOf(load, accessToken);
  const startedAt = performance.now();
  return new Promise((resolve) => {
    const request = http.request({ port, host: '127.0.0.1', method, path, headers, agent }, (response) => {
      response.resume().once('end', () => {
        const micros = Math.max(1, Math.round((performance.now() - startedAt) * 1000));
        const isAccepted = response.statusCode === status;
        (isAccepted ? outcome.accepted : outcome.refused).record(micros);
        if (isAccepted && micros < PATIENCE_MS * 1000) outcome.inTime += 1;
        resolve();
      });
    });
    request.once('error', () => {
      outcome.resets += 1;
      resolve();
    });
    request.end(body);
  });
}

async function openConnections(server: Child, health: Load): Promise<void> {
  for (let count = 0; count < agent.maxSockets; count += 100)
    await Promise.all(Array.from({ length: count + 100 }, () => send(server, health, newOutcome())));
}

/** Requests per second with connections that never pause. */
async function capacityOf(server: Child, load: Load): Promise<number> {
  const outcome = newOutcome();
  const end = performance.now() + CAPACITY_MS;
  const connections = Array.from({ length: CONNECTIONS }, async () => {
    while (performance.now() < end) await send(server, load, outcome);
  });
  await Promise.all(connections);
  return (outcome.accepted.count * 1000) / CAPACITY_MS;
}

/** Sends requests at a fixed rate, whether or not there are responses. */
async function overload(server: Child, load: Load, perSecond: number): Promise<Outcome> {
  const outcome = newOutcome();
  const pending: Promise<void>[] = [];
  const startedAt = performance.now();
  for (let elapsedMs = 0; elapsedMs < OVERLOAD_MS; elapsedMs = performance.now() - startedAt) {
    while (pending.length < (elapsedMs * perSecond) / 1000) pending.push(send(server, load, outcome));
    await sleep(TICK_MS);
  }
  await Promise.race([Promise.all(pending), sleep(60_000)]);
  return outcome;
}

/** Milliseconds until a request takes no longer than twice as long as before. */
async function recoveryOf(server: Child, load: Load, usualMs: number): Promise<number> {
  const startedAt = performance.now();
  for (;;) {
    const outcome = newOutcome();
    await send(server, load, outcome);
    if (outcome.accepted.count === 1 && outcome.accepted.max / 1000 <= 2 * usualMs)
      return performance.now() - startedAt;
  }
}

const milliseconds = (micros: number) => `${Math.round(micros / 1000)} ms`;
const summary = (name: string, { count, percentile }: { count: number; percentile: (p: number) => number }) =>
  `${name} ${count}${count > 0 ? `: p50 ${milliseconds(percentile(50))}, p99 ${milliseconds(percentile(99))}` : ''}`;

for (const load of LOADS.filter(({ name }) => name === 'list 50' || name === 'post')) {
  for (const health of LOADS.filter(({ name }) => name === 'health')) await openConnections(server, health);
  await capacityOf(server, load);
  const capacity = await capacityOf(server, load);
  const usual = newOutcome();
  for (let count = 0; count < 50; count += 1) await send(server, load, usual);
  const { accepted, refused, inTime, resets } = await overload(server, load, FACTOR * capacity);
  const recoveryMs = await recoveryOf(server, load, usual.accepted.percentile(90) / 1000);
  const { residentBytes } = await server.usage();
  const goodput = (inTime * 1000) / OVERLOAD_MS;
  console.log(`${load.name}: ${FACTOR} times the capacity of ${Math.round(capacity)}/s for ${OVERLOAD_MS / 1000} s
  ${summary('accepted', { count: accepted.count, percentile: (p) => accepted.percentile(p) })}
  ${summary('refused', { count: refused.count, percentile: (p) => refused.percentile(p) })}
  goodput within ${PATIENCE_MS} ms: ${Math.round((100 * goodput) / capacity)} % of capacity; resets: ${resets}
  normal again after ${Math.round(recoveryMs)} ms; memory ${Math.round(residentBytes / 1e6)} MB`);
}
server.stop();
stub.stop();
agent.destroy();
