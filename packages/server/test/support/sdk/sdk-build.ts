import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { temporaryFolder } from '../process/program.ts';

const SDK = join(import.meta.dirname, '../../../../sdk');

/** A folder with the client's build, for as long as the test runs. The SDK's own tests rebuild its `dist` meanwhile. */
export async function buildSdk(): Promise<string> {
  const folder = await temporaryFolder();
  await promisify(execFile)(join(SDK, 'node_modules/.bin/tsdown'), ['--out-dir', folder, '--no-dts'], { cwd: SDK });
  return folder;
}
