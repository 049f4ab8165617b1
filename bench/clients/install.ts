import { execFile } from 'node:child_process';
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createClient } from '@hey-api/openapi-ts';
import { build } from 'esbuild';
import type { CatalogEntry } from './catalog.ts';

const run = promisify(execFile);
const repository = fileURLToPath(new URL('../../', import.meta.url));

/** A client in a folder of its own. */
export interface Installed extends CatalogEntry {
  version: string;
  /** Where all of its code is, and that of what it depends on. */
  code: string;
  adapter: string;
  /** The same adapter, which requires what the other imports. */
  commonjs: string;
}

/** Installs a client as its users do, and the adapter beside it. */
export async function install(entry: CatalogEntry, root: string): Promise<Installed> {
  const folder = join(root, entry.name);
  await mkdir(folder);
  await writeFile(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  const adapter = join(folder, 'adapter.mjs');
  await copyFile(join(import.meta.dirname, `adapters/${entry.name}.mjs`), adapter);

  const isGenerated = entry.name === 'hey-api';
  if (isGenerated) await generate(folder);
  else await npmInstall(folder, entry.registry ?? (await packOurs(folder)));
  const commonjs = join(folder, 'adapter.cjs');
  const options = { platform: 'node', format: 'cjs', packages: 'external', bundle: true } as const;
  await build({ ...options, entryPoints: [adapter], outfile: commonjs, logLevel: 'error' });
  return {
    ...entry,
    version: await versionOf(isGenerated ? import.meta.url : join(folder, 'x'), entry.title),
    code: join(folder, isGenerated ? 'generated' : 'node_modules'),
    adapter,
    commonjs,
  };
}

/** What depends on nothing needs no network. */
async function npmInstall(folder: string, what: string): Promise<void> {
  const options = [
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--omit=peer',
    '--loglevel=error',
    '--prefer-offline',
  ];
  await run('npm', ['install', what, ...options], { cwd: folder });
}

async function packOurs(folder: string): Promise<string> {
  const options = ['pack', '--pack-destination', folder];
  const cwd = join(repository, 'packages/sdk');
  await run('pnpm', options, { cwd }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return run('npx', ['--yes', 'pnpm', ...options], { cwd });
  });
  return `./${(await readdir(folder)).find((name) => name.endsWith('.tgz'))}`;
}

/** hey-api has no package at run time: it writes the client into the program. */
async function generate(folder: string): Promise<void> {
  await createClient({
    input: join(repository, 'packages/api-spec/openapi.yaml'),
    output: { path: join(folder, 'generated'), module: { extension: '.ts' } },
    logs: { level: 'silent', file: false },
  });
}

async function versionOf(from: string, name: string): Promise<string> {
  for (const path of createRequire(from).resolve.paths(name) ?? []) {
    const manifest = await readFile(join(path, name, 'package.json'), 'utf8').catch(() => undefined);
    if (manifest !== undefined) return JSON.parse(manifest).version;
  }
  throw new Error(`${name} is not installed`);
}
