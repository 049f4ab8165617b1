/** The package in a Next.js 14 app, and the API behind its rewrites. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { createClient } from '../../src/index.ts';
import { apiServer } from './api-server.ts';

const run = promisify(execFile);
const application = join(import.meta.dirname, 'next');
const ADA = { email: 'ada@example.com', password: 'Password123' };

const api = await apiServer();
api.mock.addUser(ADA);
const token = api.mock.tokenFor(ADA.email);
const client = createClient({ baseUrl: api.url, token });
let next = '';
let stop = async () => {};

afterAll(async () => {
  await stop();
  api.close();
});

beforeAll(async () => {
  await installPackage();
  const program = join(application, 'node_modules/next/dist/bin/next');
  const { PATH = '', HOME = '' } = process.env;
  const env = { PATH, HOME, NEXT_TELEMETRY_DISABLED: '1', API_URL: api.url, API_TOKEN: token };
  const child = spawn(process.execPath, [program, 'dev', '--port', '0'], { cwd: application, env, detached: true });
  let printed = '';
  child.stdout.on('data', (text) => (printed += text));
  child.stderr.on('data', (text) => (printed += text));
  stop = async () => {
    const closed = once(child, 'close');
    // Next.js starts a child process, and neither ends on SIGTERM. A detached child leads its process group.
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    await closed;
  };
  await vi.waitFor(
    () => {
      const [url] = /http:\/\/localhost:\d+/.exec(printed) ?? [];
      if (!url || !printed.includes('Ready')) throw new Error(`Next.js is not ready: ${printed}`);
      next = url;
    },
    { timeout: 60_000 },
  );
});

/** Unpacks the package into the app. It is not a dependency there, since a lockfile would pin its contents. */
async function installPackage(): Promise<void> {
  const target = join(application, 'node_modules/@async-chatbot/sdk');
  await Promise.all([
    rm(target, { recursive: true, force: true }),
    rm(join(application, '.next'), { recursive: true, force: true }),
  ]);
  await mkdir(target, { recursive: true });
  await run('tar', ['-xzf', inject('tarball'), '-C', target, '--strip-components', '1']);
}

test('B14: a page shows messages sent after its last render', async () => {
  const page = async () => (await fetch(`${next}/messages`)).text();
  expect(await page()).not.toContain('canary');
  await client.messages.send({ content: 'canary one' });
  expect(await page()).toContain('canary one');
  await client.messages.send({ content: 'canary two' });
  expect(await page()).toContain('canary two');
});

test('B1: a rewrite forwards each stream event immediately', async () => {
  const rewritten = createClient({ baseUrl: `${next}/api`, token });
  // Next.js does not compress shorter responses.
  await client.messages.send({ content: 'canary '.repeat(200) });
  const { response } = await rewritten.messages.list().withResponse();
  expect(response.headers.get('content-encoding')).toBe('gzip');

  api.mock.reply({ deltas: ['Good day'], end: 'never' });
  const stream = rewritten.messages.stream({ content: 'canary' }, { timeoutMs: 10_000 });
  const types: string[] = [];
  for await (const { type } of stream) {
    types.push(type);
    // The reply ends only when it is cancelled.
    if (type === 'reply-delta') await stream.cancel();
  }
  expect(types).toEqual(['message-created', 'reply-started', 'reply-delta', 'reply-cancelled']);
});
