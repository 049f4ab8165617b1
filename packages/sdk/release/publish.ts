import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { packageProblems } from './package-problems.ts';

/**
 * Checks a tarball and publishes it with provenance, so that the registry shows the commit and the workflow that built it.
 * Throws if the checks find a problem. A dry run uploads nothing and sends nothing to the registry.
 */
export async function publish(tarball: string, isDryRun: boolean): Promise<void> {
  const problems = await packageProblems(await readFile(tarball));
  if (problems.length > 0) throw new Error(`Not published. Fix these problems first:\n${problems.join('\n')}`);
  // Without `--force`, a dry run queries the registry and fails if the version is already published.
  const dryRunOptions = isDryRun ? ['--dry-run', '--force'] : [];
  const args = ['publish', tarball, '--provenance', '--access', 'public', ...dryRunOptions];
  const [code] = await once(spawn('npm', args, { stdio: 'inherit' }), 'exit');
  if (code !== 0) throw new Error(`npm publish failed with exit code ${code}`);
}
