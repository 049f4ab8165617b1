import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Reads a JSON file; undefined if there is none. */
export const readState = <State>(path: string): State | undefined =>
  // The cast: only this program writes the file.
  existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as State) : undefined;

/**
 * Writes a state to a file whenever it has changed. The promise resolves when the state at the time of the call is in
 * the file. All calls of one turn of the event loop share one write.
 */
export function stateWriter(path: string, currentState: () => object): () => Promise<void> {
  let written = '';
  let writing: Promise<void> | undefined;
  mkdirSync(dirname(path), { recursive: true });

  return () =>
    (writing ??= nextTurn().then(() => {
      writing = undefined;
      const text = JSON.stringify(currentState());
      if (text !== written) replaceFile(path, text);
      written = text;
    }));
}

/** A new file takes the old one's place, so that a process that is killed leaves a whole file. Only its owner reads it. */
function replaceFile(path: string, text: string): void {
  writeFileSync(`${path}.new`, text, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
