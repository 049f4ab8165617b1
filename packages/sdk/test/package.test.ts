import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { build } from 'tsdown';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fixtureServer, json } from './fixture-server.ts';

const run = promisify(execFile);
const source = join(import.meta.dirname, '..');
const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');

/** A project that has installed the package from its tarball. */
let project: string;
let installed: string;
let tarball: Buffer;

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'sdk-'));
  installed = join(project, 'node_modules/@async-chatbot/sdk');
  await pnpm('pack', '--pack-destination', project);
  const file = join(project, (await readdir(project)).find((name) => name.endsWith('.tgz')) ?? '');
  tarball = await readFile(file);
  await mkdir(installed, { recursive: true });
  await run('tar', ['-xzf', file, '-C', installed, '--strip-components=1']);
  await cp(join(source, 'test/consumers'), project, { recursive: true });
}, 60_000);

afterAll(() => rm(project, { recursive: true, force: true }));

test('the package holds the build and its manual', async () => {
  const names = (await readdir(installed)).filter((name) => name !== 'LICENSE');
  expect(names.sort()).toEqual(['README.md', 'dist', 'package.json']);
  expect((await readdir(join(installed, 'dist'))).sort()).toEqual([
    'index.cjs',
    'index.d.cts',
    'index.d.mts',
    'index.mjs',
  ]);
});

test('it depends on nothing, neither on another package nor on Node', async () => {
  const manifest: object = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8'));
  for (const kind of ['dependencies', 'peerDependencies', 'optionalDependencies'])
    expect(manifest).not.toHaveProperty(kind);
  for (const name of await readdir(join(installed, 'dist'))) {
    const text = await readFile(join(installed, 'dist', name), 'utf8');
    expect(text).not.toMatch(/@async-chatbot\/(?!sdk)|\brequire\(|\bfrom ["']|\bimport\(|\bnode:/);
  }
});

test('it stays small in a page, minified and compressed', async () => {
  const entry = join(installed, 'dist/index.mjs');
  const outDir = join(project, 'minified');
  const options = {
    config: false,
    logLevel: 'silent',
    format: 'esm',
    platform: 'neutral',
    fixedExtension: true,
  } as const;
  await build({ ...options, entry, outDir, minify: true });
  const bytes = gzipSync(await readFile(join(outDir, 'index.mjs'))).length;
  console.log(`minified and compressed: ${bytes} bytes`);
  expect(bytes).toBeLessThan(6 * 1024);
});

test('publint finds no fault', async () => {
  const { messages } = await publint({ pkgDir: installed, pack: false, strict: true });
  expect(messages).toEqual([]);
});

test('the types are right under every resolution', async () => {
  expect(await checkPackage(createPackageFromTarballData(tarball))).toMatchObject({ problems: [] });
});

test('CommonJS requires it', async () => {
  const server = await fixtureServer(json({ status: 'OK' }));
  expect(await output('commonjs.cjs', server.url)).toEqual({ status: 'OK' });
});

test('ESM imports it and knows the errors of the CommonJS copy', async () => {
  const server = await fixtureServer((res, request) =>
    json({ status: 'OK' }, request.line === 'GET /health' ? 200 : 401)(res, request),
  );
  expect(await output('esm.mjs', server.url)).toEqual({ health: { status: 'OK' }, areCopies: true, isInstance: true });
});

test('TypeScript compiles against it, the manual included', { timeout: 60_000 }, async () => {
  const consumer = await readFile(join(project, 'typescript.ts'), 'utf8');
  await writeFile(join(project, 'esm.mts'), consumer);
  await writeFile(join(project, 'commonjs.cts'), consumer);
  const manual = await readFile(join(installed, 'README.md'), 'utf8');
  const examples = [...manual.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code);
  expect(examples).toHaveLength(9);
  await writeFile(join(project, 'readme.mts'), examples.join('\n'));

  const node = ['--lib', 'es2022', '--types', 'node', '--typeRoots', join(source, 'node_modules/@types')];
  const browser = ['--lib', 'es2022,dom'];
  await Promise.all([
    compile('esm.mts', 'commonjs.cts', 'readme.mts', '--module', 'nodenext', ...node),
    compile('typescript.ts', '--module', 'esnext', '--moduleResolution', 'bundler', ...browser),
  ]);
});

/** Rejects with what the compiler says; the package's own declarations are checked too. */
async function compile(...options: string[]) {
  const strict = ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--target', 'es2022'];
  await run(process.execPath, [compiler, ...strict, ...options], { cwd: project }).catch(({ stdout }) => {
    throw new Error(stdout);
  });
}

async function output(script: string, baseUrl: string): Promise<unknown> {
  const { stdout } = await run(process.execPath, [script, baseUrl], { cwd: project });
  return JSON.parse(stdout);
}

/** The pnpm that runs the tests, or, where they run without it, the one that npx finds. Packing builds first. */
async function pnpm(...options: string[]) {
  const inPackage = { cwd: source };
  return run('pnpm', options, inPackage).catch((error) => {
    if (error.code !== 'ENOENT') throw error;
    return run('npx', ['--yes', 'pnpm', ...options], inPackage);
  });
}
