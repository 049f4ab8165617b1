/** Measures the bundle, started as in the image: its cold start, its first requests and its memory. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { environmentOf } from './environment.ts';
import { median } from './figures.ts';
import { imageCommand } from './image-command.ts';
import { headersOf, LOADS, type Load, type LoadName } from './loads.ts';
import { measure } from './measure.ts';
import type { Usage } from './servers/listen.ts';
import type { Stub } from './servers.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
/** Each is the first of its kind. A streamed post is left out, since it ends when the reply does. */
const FIRST: readonly LoadName[] = ['health', 'me', 'list 50', 'post'];
/** How long an idle server gets to finish what it starts after it listens. */
const SETTLE_MS = 2000;

export interface ColdStart {
  /** From spawning the process to the response to the first `/health`, in milliseconds. */
  startMs: number;
  /** From spawning the process to the response to the first `me`, which follows. */
  startWithMeMs: number;
  /** How long the first request of each kind takes, sent in this order. That of `/health` is part of the cold start. */
  firstMs: Partial<Record<LoadName, number>>;
}

export interface Memory {
  idleBytes: number;
  loadedBytes: number;
}

/** The medians of several cold starts. */
export async function measureColdStarts(stub: Stub, times: number): Promise<ColdStart> {
  const starts: ColdStart[] = [];
  while (starts.length < times) starts.push(await coldStart(stub));
  const firstMs = FIRST.map((name) => [name, median(starts.map((start) => start.firstMs[name] ?? Number.NaN))]);
  return {
    startMs: median(starts.map(({ startMs }) => startMs)),
    startWithMeMs: median(starts.map(({ startWithMeMs }) => startWithMeMs)),
    firstMs: Object.fromEntries(firstMs),
  };
}

/** Memory before and after all loads. */
export async function measureMemory(stub: Stub, durationMs: number): Promise<Memory> {
  const bundle = await startBundle(stub);
  try {
    await send(bundle.port, stub, LOADS[0] as Load);
    await sleep(SETTLE_MS);
    const idleBytes = await residentBytesOf(bundle.pid);
    const usage = async (): Promise<Usage> => ({ cpuMicros: 0, residentBytes: 0 });
    for (const load of LOADS) {
      const traffic = { connections: 32, rampMs: 0, durationMs, accessTokens: stub.accessTokens };
      await measure({ port: bundle.port, usage }, productionLoad(load), traffic);
    }
    return { idleBytes, loadedBytes: await residentBytesOf(bundle.pid) };
  } finally {
    await bundle.kill();
  }
}

async function coldStart(stub: Stub): Promise<ColdStart> {
  // So that the first measured request does not load the client.
  await (await fetch(`http://127.0.0.1:${stub.port}/`)).text();
  const startedAt = performance.now();
  const bundle = await startBundle(stub);
  try {
    const firstMs: ColdStart['firstMs'] = {};
    let startMs = 0;
    let startWithMeMs = 0;
    for (const load of LOADS.filter(({ name }) => FIRST.includes(name))) {
      const sentAt = performance.now();
      await send(bundle.port, stub, load);
      firstMs[load.name] = performance.now() - sentAt;
      if (load.name === 'health') startMs = performance.now() - startedAt;
      if (load.name === 'me') startWithMeMs = performance.now() - startedAt;
    }
    return { startMs, startWithMeMs, firstMs };
  } finally {
    await bundle.kill();
  }
}

/** Spawns the bundle with the command of the image, and resolves when it listens. */
async function startBundle(stub: Stub) {
  const { flags, file, env } = await imageCommand();
  const child = spawn(process.execPath, [...flags, file], {
    cwd: `${ROOT}packages/server`,
    env: { ...environmentOf(stub), ...env, ENV: 'production' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const kill = async () => {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  };
  const port = await portIn(child.stdout);
  // Discards the rest of the log.
  child.stdout.resume();
  return { port, pid: child.pid ?? 0, kill };
}

/** Reads the log up to the line that says where the server listens. */
async function portIn(log: Readable): Promise<number> {
  for await (const line of createInterface(log)) {
    const { msg, port } = JSON.parse(line);
    if (msg === 'listening') return port;
  }
  throw new Error('The bundle exited before it listened');
}

async function send(port: number, stub: Stub, load: Load): Promise<void> {
  const { method, path, body, status } = load;
  const headers = headersOf(productionLoad(load), stub.accessTokens[0] ?? '');
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, headers, ...(body && { body }) });
  await response.text();
  if (response.status !== status) throw new Error(`${load.name}: expected ${status}, got ${response.status}`);
}

/** In production, the cookies have a prefix. */
const productionLoad = (load: Load): Load => ({ ...load, cookiePrefix: '__Host-' });

async function residentBytesOf(pid: number): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
  return Number(stdout) * 1024;
}
