import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Reads a JSON file; undefined if there is none. */
export const readState = <State>(path: string): State | undefined =>
  // The cast: only `stateWriter` writes the file.
  existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as State) : undefined;

/**
 * Returns a function that writes the state to a file if it has changed, and resolves when the state at the time of the call
 * is in the file. Calls in one turn of the event loop share a write.
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

/** Replaces the file atomically, so that a killed process leaves a complete one. Only its owner can read it. */
function replaceFile(path: string, text: string): void {
  writeFileSync(`${path}.new`, text, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
