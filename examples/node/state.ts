import { readFile, writeFile } from 'node:fs/promises';
import type { SessionState } from '@async-chatbot/sdk';

/** The state that one run saves for the next. */
export interface SavedState {
  readonly session: SessionState;
  readonly id_conversation?: string | undefined;
  /** The reply in progress. */
  readonly id_reply?: string | undefined;
}

/** Returns the state of the last run, or an empty state before the first. */
export async function readState(file: string): Promise<SavedState> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return '{"session":[]}';
  });
  return JSON.parse(text);
}

/** Saves the state in a file that only its owner can read, because the session is a credential. */
export async function writeState(file: string, state: SavedState): Promise<void> {
  await writeFile(file, JSON.stringify(state), { mode: 0o600 });
}
