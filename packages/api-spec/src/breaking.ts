/**
 * Fails if `openapi.yaml` breaks what the newest release of the SDK promised: `pnpm breaking`, or `pnpm breaking <ref>`
 * to compare with another commit. Work between two releases may change its mind, so the last commit is no base.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { breakingChanges } from './breaking-changes.ts';

const folder = fileURLToPath(new URL('../', import.meta.url));
const ref = process.argv[2] ?? (await newestRelease());

if (ref) {
  const changes = await changesSince(ref);
  for (const change of changes) console.error(change);
  console.log(`Breaking changes since ${ref}: ${changes.length}.`);
  process.exitCode = changes.length === 0 ? 0 : 1;
} else {
  // A clone without tags must not fail; CI fetches them.
  console.log('There is no release to compare with, so nothing can break.');
}

async function changesSince(ref: string): Promise<string[]> {
  const scratch = await mkdtemp(join(tmpdir(), 'contract-'));
  try {
    const base = join(scratch, 'base.yaml');
    await writeFile(base, await git('show', `${ref}:./openapi.yaml`));
    return await breakingChanges(base, join(folder, 'openapi.yaml'));
  } finally {
    await rm(scratch, { recursive: true });
  }
}

/** The newest tag that changesets gave the published package; none outside a repository. */
async function newestRelease(): Promise<string | undefined> {
  const tags = await git('tag', '--list', '@async-chatbot/sdk@*', '--sort=-version:refname').catch(() => '');
  return tags.split('\n')[0] || undefined;
}

async function git(...words: string[]): Promise<string> {
  return (await promisify(execFile)('git', words, { cwd: folder })).stdout;
}
