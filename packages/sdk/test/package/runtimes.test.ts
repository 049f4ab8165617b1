import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { apiServer, expected } from './api-server.ts';
import { executables, reportSkipped } from './executables.ts';

const consumer = inject('consumer');
const [deno] = executables('deno');
const [bun] = executables('bun');
const [workerd] = executables('workerd');
/** The Node.js versions on this machine, including the one that runs this test. */
const nodes = [...executables('node'), process.execPath].map(
  (path) => [execFileSync(path, ['--version'], { encoding: 'utf8' }).trim(), path] as const,
);
const supported = [...new Map(nodes)].filter(([version]) => Number.parseInt(version.slice(1), 10) >= 20);

describe.each(supported)('the package in Node.js %s', (_, node) => {
  test('can be imported', async () => expect(await report(node, 'esm.mjs')).toEqual(expected));
  test('can be required', async () => expect(await report(node, 'commonjs.cjs')).toEqual(expected));
  test('recognizes the errors of its other copy', async () =>
    expect(await report(node, 'copies.mjs')).toEqual({ areCopies: true, isInstance: true }));
  test('includes the mock server, imported and required', async () =>
    expect(await report(node, 'kit.mjs')).toEqual([expected.email, expected.email]));
});

if (!deno) reportSkipped('the package in Deno', 'deno is not on the PATH');
test.runIf(deno)('the package runs in Deno', async () => {
  expect(await report(deno, 'run', '--no-prompt', '--allow-net=127.0.0.1', 'esm.mjs')).toEqual(expected);
});

if (!bun) reportSkipped('the package in Bun', 'bun is not on the PATH');
test.runIf(bun)('the package runs in Bun', async () => {
  expect(await report(bun, 'esm.mjs')).toEqual(expected);
});

if (!workerd) reportSkipped('the package in workerd', 'workerd is not on the PATH');
test.runIf(workerd)('the package runs in workerd', async () => {
  const [main] = await reports();
  expect(main).toEqual(expected);
});

test.runIf(workerd)('B14: the package runs in a worker that rejects the cache option', async () => {
  const [, old] = await reports();
  expect(old).toEqual({ ...expected, caches: ['unset'] });
});

/** Returns the reports of the workers. */
async function reports(): Promise<unknown[]> {
  const files = { entryPoints: [join(consumer, 'workerd.mjs')], outfile: join(consumer, 'bundled/workerd.mjs') };
  await build({ ...files, bundle: true, format: 'esm', platform: 'neutral' });
  const api = await apiServer();
  const urls = await workerUrls();
  return Promise.all(urls.map(async (url) => (await fetch(`${url}?baseUrl=${api.url}`)).json()));
}

/** Runs a script of `consumers/` with the URL of an API, and returns the report that it prints. */
async function report(runtime = '', ...args: string[]): Promise<unknown> {
  const api = await apiServer();
  const env = { PATH: process.env.PATH, HOME: consumer };
  const { stdout } = await promisify(execFile)(runtime, [...args, api.url], { cwd: consumer, env });
  return JSON.parse(stdout);
}

/** Starts the workers, each on a port that workerd chooses and prints. */
async function workerUrls(): Promise<string[]> {
  const args = ['serve', 'workerd.capnp', '--control-fd=1'];
  const server = spawn(workerd ?? '', args, { cwd: consumer, stdio: ['ignore', 'pipe', 'inherit'] });
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
