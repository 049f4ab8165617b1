import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { pack } from '../../release/pack.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A project with the package installed from its tarball, and with the files of `consumers/`. */
    readonly consumer: string;
    readonly tarball: string;
  }
}

/** Packs the package and installs it as users do. The installation needs only the tarball, so it is offline. */
export async function setup({ provide }: TestProject) {
  const consumer = await mkdtemp(join(tmpdir(), 'sdk-consumer-'));
  const tarball = await pack(consumer);
  await cp(join(import.meta.dirname, 'consumers'), consumer, { recursive: true });
  await writeFile(join(consumer, 'package.json'), JSON.stringify({ name: 'consumer', private: true, type: 'module' }));
  const quietly = ['--offline', '--no-audit', '--no-fund', '--no-update-notifier'];
  await promisify(execFile)('npm', ['install', ...quietly, tarball], { cwd: consumer });
  provide('consumer', consumer);
  provide('tarball', tarball);
  return () => rm(consumer, { recursive: true, force: true });
}
