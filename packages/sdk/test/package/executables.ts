import { existsSync, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where programs of this name are on the PATH, each told once. */
export function executables(name: string): string[] {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const paths = folders.map((folder) => join(folder, name)).filter((path) => existsSync(path));
  return [...new Set(paths.map((path) => realpathSync(path)))];
}

/** What is left out of a run must not go unseen. */
export function tellSkipped(what: string, missing: string): void {
  process.stderr.write(`SKIPPED: ${what}, as there is no ${missing}.\n`);
}
