import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '../process/program.ts';

const SDK = join(import.meta.dirname, '../../../../sdk');

/** An empty folder, for as long as the test runs, where `@async-chatbot/sdk` is installed as the workspace has it. */
export async function sdkProject(): Promise<string> {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'node_modules/@async-chatbot'), { recursive: true });
  await symlink(SDK, join(folder, 'node_modules/@async-chatbot/sdk'));
  return folder;
}
