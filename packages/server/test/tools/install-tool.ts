import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { lockFolder } from '../../dev/folder-lock.ts';

const LOCK_POLL_MS = 100;

/** Installs a package with the lockfile in its folder, unless it is installed, and loads it. */
export async function installTool(name: string): Promise<unknown> {
  const folder = join(import.meta.dirname, name);
  const unlock = await lock(folder);
  try {
    if (!(await isInstalled(folder))) await install(folder);
  } finally {
    unlock();
  }
  return createRequire(join(folder, 'package.json'))(name);
}

/** Test files run in parallel, and pnpm must not run twice in one folder. */
async function lock(folder: string): Promise<() => void> {
  for (;;) {
    const unlock = lockFolder(join(folder, '.data'));
    if (unlock) return unlock;
    await sleep(LOCK_POLL_MS);
  }
}

/** Compares the lockfile with pnpm's copy of the one it installed. */
async function isInstalled(folder: string): Promise<boolean> {
  const read = (path: string) => readFile(join(folder, path), 'utf8').catch(() => undefined);
  return (await read('node_modules/.pnpm/lock.yaml')) === (await read('pnpm-lock.yaml'));
}

async function install(folder: string): Promise<void> {
  const run = promisify(execFile);
  const args = ['--dir', folder, 'install', '--ignore-workspace', '--frozen-lockfile', '--ignore-scripts'];
  // Without retries, since tests report an unavailable registry and continue.
  const withoutRetries = [...args, '--config.fetch-retries=0'];
  await run('pnpm', withoutRetries).catch((error) => {
    if (error.code !== 'ENOENT') throw new Error(`pnpm could not install ${folder}: ${error.stderr || error.stdout}`);
    return run('npx', ['--yes', 'pnpm', ...withoutRetries]);
  });
}
