import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { temporaryFolder } from '../process/program.ts';

const SDK = join(import.meta.dirname, '../../../../sdk');

/** A folder with a build of the SDK, until the test ends. The SDK's own tests rebuild its `dist` concurrently. */
export async function buildSdk(): Promise<string> {
  const folder = await temporaryFolder();
  await promisify(execFile)(join(SDK, 'node_modules/.bin/tsdown'), ['--out-dir', folder, '--no-dts'], { cwd: SDK });
  return folder;
}
