import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Builds the package and packs it into this folder, as it is published; gives the path of the tarball. */
export async function pack(folder: string): Promise<string> {
  const tarball = join(folder, 'async-chatbot-sdk.tgz');
  await pnpm('pack', '--out', tarball);
  return tarball;
}

/** The pnpm that runs this, or, where it runs without one, the one that npx finds. */
async function pnpm(...words: string[]) {
  const run = promisify(execFile);
  const inPackage = { cwd: join(import.meta.dirname, '..') };
  return run('pnpm', words, inPackage).catch((error) => {
    if (error.code !== 'ENOENT') throw error;
    return run('npx', ['--yes', 'pnpm', ...words], inPackage);
  });
}
