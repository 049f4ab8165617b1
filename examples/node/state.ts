import { readFile, writeFile } from 'node:fs/promises';
import type { SessionState } from '@async-chatbot/sdk';

/** What one run leaves for the next. */
export interface Notes {
  readonly session: SessionState;
  readonly id_conversation?: string | undefined;
  /** The reply that was being written. */
  readonly id_reply?: string | undefined;
}

/** The notes of the last run; empty before the first. */
export async function readNotes(file: string): Promise<Notes> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return '{"session":[]}';
  });
  return JSON.parse(text);
}

/** Leaves notes that nobody else may read: whoever has the session is logged in. */
export async function writeNotes(file: string, notes: Notes): Promise<void> {
  await writeFile(file, JSON.stringify(notes), { mode: 0o600 });
}
