/** Builds the image and runs it. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import root from '../../../../package.json' with { type: 'json' };
import server from '../../package.json' with { type: 'json' };
import { freePort, onEmulators } from '../support/process/program.ts';
import { loggedIn, sendMessage } from '../support/requests/client.ts';

const IMAGE = 'async-chatbot:test';

const run = promisify(execFile);
const docker = async (...args: string[]): Promise<string> =>
  (await run('docker', args, { maxBuffer: 2 ** 26 })).stdout.trim();

// `docker info` succeeds without an engine.
const engine = await docker('version').then(
  () => true,
  () => false,
);
if (!engine) process.stderr.write('SKIPPED: the container tests, because Docker is not available.\n');

describe.skipIf(!engine)('the container', () => {
  let folder: string;
  let id: string;
  let baseUrl: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chatbot-container-'));
    // The build's own network may have no access to the registry.
    await docker('build', '--network', 'host', '--tag', IMAGE, join(import.meta.dirname, '../../../..'));

    const port = String(await freePort());
    const variables = Object.entries({ ...onEmulators(), PORT: port }).map(([name, value]) => `${name}=${value}`);
    const environment = join(folder, 'env');
    await writeFile(environment, fromContainer(variables.join('\n')));
    const options = [...network(port), '--env-file', environment, '--health-interval', '1s'];
    id = await docker('run', '--detach', ...options, IMAGE);
    baseUrl = `http://127.0.0.1:${port}`;
    await waitForHealth('healthy');
  });

  afterAll(async () => {
    if (id) await docker('rm', '--force', id);
    await rm(folder, { recursive: true });
  });

  it('responds', async () => {
    expect(await (await fetch(`${baseUrl}/health`)).json()).toEqual({ status: 'OK' });
    expect((await sendMessage(await loggedIn(baseUrl))).bot_response.content).toMatch(/^Hello!/);
  });

  it('runs as an unprivileged user, with node as PID 1', async () => {
    expect(await docker('exec', id, 'node', '-p', 'process.getuid()')).toBe('1000');
    expect(await docker('exec', id, 'cat', '/proc/1/cmdline')).toMatch(/^node\0/);
  });

  it('contains the bundle and no build tools', async () => {
    expect(await docker('exec', id, 'ls', '-A', '/app')).toBe('dist');
    // npm comes with the base image; finding it shows that the search works.
    const names = Object.keys({ npm: '', ...root.devDependencies, ...server.devDependencies });
    const tests = names.flatMap((name) => ['-o', '-path', `*/node_modules/${name}`]).slice(1);
    const found = await docker('exec', '--user', 'root', id, 'find', '/', '-xdev', '(', ...tests, ')');
    expect(found).toBe('/usr/local/lib/node_modules/npm');
  });

  it('exits with 0 when stopped', async () => {
    await docker('stop', '--time', '30', id);
    expect(await docker('inspect', '--format', '{{.State.ExitCode}}', id)).toBe('0');
    expect(await docker('logs', id)).toContain('"draining"');
  });

  function waitForHealth(status: string): Promise<void> {
    return vi.waitFor(
      async () => expect(await docker('inspect', '--format', '{{.State.Health.Status}}', id)).toBe(status),
      { timeout: 60_000, interval: 250 },
    );
  }
});

/** The emulators listen on the host's loopback interface, which an engine in a virtual machine reaches by name. */
const sharesLoopback = process.platform === 'linux';
const network = (port: string): string[] => (sharesLoopback ? ['--network', 'host'] : ['--publish', `${port}:${port}`]);
const fromContainer = (text: string): string =>
  sharesLoopback ? text : text.replaceAll('127.0.0.1', 'host.docker.internal');
