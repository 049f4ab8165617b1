import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { apiServer, expected } from './api-server.ts';
import { executables, tellSkipped } from './executables.ts';

const consumer = inject('consumer');
const [deno] = executables('deno');
const [bun] = executables('bun');
const [workerd] = executables('workerd');
/** By version, the one that runs this and whatever else of Node.js the machine has that the package is for. */
const nodes = [...executables('node'), process.execPath].map(
  (path) => [execFileSync(path, ['--version'], { encoding: 'utf8' }).trim(), path] as const,
);
const supported = [...new Map(nodes)].filter(([version]) => Number.parseInt(version.slice(1), 10) >= 20);

describe.each(supported)('the package in Node.js %s', (_, node) => {
  test('is imported', async () => expect(await report(node, 'esm.mjs')).toEqual(expected));
  test('is required', async () => expect(await report(node, 'commonjs.cjs')).toEqual(expected));
  test('knows the errors of its other copy', async () =>
    expect(await report(node, 'copies.mjs')).toEqual({ areCopies: true, isInstance: true }));
  test('brings the test kit, imported and required', async () =>
    expect(await report(node, 'kit.mjs')).toEqual([expected.email, expected.email]));
});

if (!deno) tellSkipped('the package in Deno', 'deno on the PATH');
test.runIf(deno)('the package runs in Deno', async () => {
  expect(await report(deno, 'run', '--no-prompt', '--allow-net=127.0.0.1', 'esm.mjs')).toEqual(expected);
});

if (!bun) tellSkipped('the package in Bun', 'bun on the PATH');
test.runIf(bun)('the package runs in Bun', async () => {
  expect(await report(bun, 'esm.mjs')).toEqual(expected);
});

if (!workerd) tellSkipped('the package in a worker of workerd', 'workerd on the PATH');
test.runIf(workerd)('the package runs in a worker of workerd', async () => {
  const [main] = await reports();
  expect(main).toEqual(expected);
});

test.runIf(workerd)('B14: the package runs in a worker that takes no word about caches', async () => {
  const [, old] = await reports();
  expect(old).toEqual({ ...expected, caches: ['not said'] });
});

/** What the workers answer. */
async function reports(): Promise<unknown[]> {
  const files = { entryPoints: [join(consumer, 'workerd.mjs')], outfile: join(consumer, 'bundled/workerd.mjs') };
  await build({ ...files, bundle: true, format: 'esm', platform: 'neutral' });
  const api = await apiServer();
  const urls = await workerUrls();
  return Promise.all(urls.map(async (url) => (await fetch(`${url}?baseUrl=${api.url}`)).json()));
}

/** What a script of `consumers/` prints when it is given the address of an API. */
async function report(runtime = '', ...words: string[]): Promise<unknown> {
  const api = await apiServer();
  const env = { PATH: process.env.PATH, HOME: consumer };
  const { stdout } = await promisify(execFile)(runtime, [...words, api.url], { cwd: consumer, env });
  return JSON.parse(stdout);
}

/** Starts the workers, each on a port that workerd chooses and tells on its standard output. */
async function workerUrls(): Promise<string[]> {
  const words = ['serve', 'workerd.capnp', '--control-fd=1'];
  const server = spawn(workerd ?? '', words, { cwd: consumer, stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(async () => {
    server.kill();
    await once(server, 'exit');
  });
  const ports = new Map<string, number>();
  for await (const line of createInterface(server.stdout)) {
    const { event, socket, port } = JSON.parse(line);
    if (event === 'listen') ports.set(socket, port);
    if (ports.size === 2) break;
  }
  return ['http', 'old'].map((name) => `http://127.0.0.1:${ports.get(name)}/`);
}
