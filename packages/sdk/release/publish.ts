import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { faults } from './package-problems.ts';

/**
 * Publishes a tarball that nothing is to be said against, with a provenance: the registry then tells which commit and
 * workflow made it. A dry run does all but the upload, and asks no registry.
 */
export async function publish(tarball: string, isDryRun: boolean): Promise<void> {
  const found = await faults(await readFile(tarball));
  if (found.length > 0) throw new Error(`Not to be published:\n${found.join('\n')}`);
  // Without the force, a dry run of a version that is out already would ask the registry and fail.
  const dryly = isDryRun ? ['--dry-run', '--force'] : [];
  const words = ['publish', tarball, '--provenance', '--access', 'public', ...dryly];
  const [code] = await once(spawn('npm', words, { stdio: 'inherit' }), 'exit');
  if (code !== 0) throw new Error('npm did not publish the package.');
}
