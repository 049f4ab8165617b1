/**
 * Builds, packs, checks and publishes the package, then tags the commit: `pnpm release`. With `--dry-run`, nothing is
 * uploaded or tagged. The upload uses npm rather than pnpm because npm proves to the registry which workflow runs it.
 */
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { pack } from './pack.ts';
import { publish } from './publish.ts';

const { values } = parseArgs({ options: { 'dry-run': { type: 'boolean', default: false } } });
const isDryRun = values['dry-run'];
const folder = await mkdtemp(join(tmpdir(), 'release-'));
try {
  await publish(await pack(folder), isDryRun);
  if (!isDryRun) execFileSync('changeset', ['git-tag'], { stdio: 'inherit' });
} finally {
  await rm(folder, { recursive: true });
}
