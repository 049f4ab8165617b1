import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const SDK = join(import.meta.dirname, '../../../sdk');

/** An empty folder, for as long as the test runs, where `@async-chatbot/sdk` is installed as the workspace has it. */
export async function sdkProject(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'chatbot-project-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, 'node_modules/@async-chatbot'), { recursive: true });
  await symlink(SDK, join(folder, 'node_modules/@async-chatbot/sdk'));
  return folder;
}
