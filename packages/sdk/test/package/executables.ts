import { existsSync, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Returns the distinct programs of this name on the PATH. */
export function executables(name: string): string[] {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const paths = folders.map((folder) => join(folder, name)).filter((path) => existsSync(path));
  return [...new Set(paths.map((path) => realpathSync(path)))];
}

/** Prints that tests were skipped, so that it does not go unnoticed. */
export function reportSkipped(what: string, reason: string): void {
  process.stderr.write(`SKIPPED: ${what}. ${reason}.\n`);
}
