import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, inject, onTestFinished, test, vi } from 'vitest';
import { packageProblems } from '../../release/package-problems.ts';
import { publish } from '../../release/publish.ts';
import { fixtureServer } from '../support/fixture-server.ts';

const consumer = inject('consumer');

/** A registry that records its requests. */
async function registry() {
  const server = await fixtureServer();
  vi.stubEnv('npm_config_registry', server.url);
  onTestFinished(() => void vi.unstubAllEnvs());
  return server;
}

test('publint and are-the-types-wrong find no problems', async () => {
  expect(await packageProblems(await readFile(inject('tarball')))).toEqual([]);
});

test('a dry run of the release needs no login and sends nothing to the registry', async () => {
  const { requests } = await registry();
  await publish(inject('tarball'), true);
  expect(requests).toEqual([]);
});

test('a package with problems is not published, and each problem is named', async () => {
  const { requests } = await registry();
  const tarball = await brokenTarball();
  const error = await publish(tarball, true).catch((thrown: Error) => thrown.message);
  expect(error).toMatch(/publint: .*nowhere\.cjs/);
  expect(error).toMatch(/are-the-types-wrong: .*"FalseCJS"/);
  expect(requests).toEqual([]);
});

/** The package with an entry that does not exist and a module with the wrong types. */
async function brokenTarball(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sdk-broken-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await cp(join(consumer, 'node_modules/@async-chatbot/sdk'), folder, { recursive: true });
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  manifest.exports['.'].require.default = './dist/nowhere.cjs';
  manifest.exports['.'].import.types = './dist/index.d.cts';
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  const { stdout } = await promisify(execFile)('npm', ['pack', '--silent'], { cwd: folder });
  return join(folder, stdout.trim());
}
