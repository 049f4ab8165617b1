import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '../process/program.ts';

const SDK = join(import.meta.dirname, '../../../../sdk');

/** An empty folder, until the test ends, with the workspace's `@async-chatbot/sdk` installed. */
export async function sdkProject(): Promise<string> {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'node_modules/@async-chatbot'), { recursive: true });
  await symlink(SDK, join(folder, 'node_modules/@async-chatbot/sdk'));
  return folder;
}
