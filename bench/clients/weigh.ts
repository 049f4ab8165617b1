import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import type { Installed } from './install.ts';

/** What a client weighs: in a page, and on a disk. */
export interface Weight {
  minifiedBytes: number;
  gzipBytes: number;
  dependencies: number;
  installedBytes: number;
}

/** Bundles a program that makes a client and no more, for a page, and counts what was installed. */
export async function weigh({ adapter, code }: Installed): Promise<Weight> {
  const { outputFiles } = await build({
    stdin: { contents: `export { create } from './adapter.mjs';`, resolveDir: dirname(adapter) },
    bundle: true,
    minify: true,
    platform: 'browser',
    format: 'esm',
    write: false,
    logLevel: 'error',
  });
  const [bundle] = outputFiles;
  if (!bundle) throw new Error(`Nothing came of ${adapter}`);
  return {
    minifiedBytes: bundle.contents.length,
    gzipBytes: gzipSync(bundle.contents).length,
    dependencies: await dependenciesIn(code),
    installedBytes: await bytesIn(code),
  };
}

/** The packages in a `node_modules`, without the one they are there for. */
async function dependenciesIn(code: string): Promise<number> {
  const lock = await readFile(join(code, '.package-lock.json'), 'utf8').catch(() => undefined);
  return lock === undefined ? 0 : Object.keys(JSON.parse(lock).packages).length - 1;
}

async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name !== '.package-lock.json');
  const sizes = await Promise.all(files.map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
