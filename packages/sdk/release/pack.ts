import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Builds and packs the package as it is published. Returns the path of the tarball in `folder`. */
export async function pack(folder: string): Promise<string> {
  const tarball = join(folder, 'async-chatbot-sdk.tgz');
  await pnpm('pack', '--out', tarball);
  return tarball;
}

/** Runs pnpm from the PATH, or through npx if the PATH has none. */
async function pnpm(...args: string[]) {
  const run = promisify(execFile);
  const inPackage = { cwd: join(import.meta.dirname, '..') };
  return run('pnpm', args, inPackage).catch((error) => {
    if (error.code !== 'ENOENT') throw error;
    return run('npx', ['--yes', 'pnpm', ...args], inPackage);
  });
}
