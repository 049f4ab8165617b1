/** Programs that run until the test file ends. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

interface Program {
  baseUrl: string;
  /** Everything that it has printed so far. */
  output: () => string;
}

/** Starts the server on its emulators, as `pnpm start` does, with defaults for everything that is not given. */
export async function startServer(environment: Record<string, string> = {}): Promise<Program> {
  const folder = await mkdtemp(join(tmpdir(), 'chatbot-tools-'));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const { PATH = '', HOME = '' } = process.env;
  const env = { PATH, HOME, ...environment, PORT: '0', DATA_DIR: join(folder, 'data') };
  const program = join(import.meta.dirname, '../../../server/src/embedded.ts');
  // A separate folder, so that the repository's `.env` is not read.
  return start([program], { cwd: folder, env }, /(?<=^Async Chatbot on )\S+/m);
}

/** Starts Prism's mock server for a document. */
export async function startPrism(document: string): Promise<Program> {
  const program = join(import.meta.dirname, 'node_modules/@stoplight/prism-cli/dist/index.js');
  return start([program, 'mock', document, '--port', '0'], {}, /(?<=Prism is listening on )[\w.:/]+/);
}

async function start(args: string[], options: { cwd?: string; env?: NodeJS.ProcessEnv }, address: RegExp) {
  const child = spawn(process.execPath, args, options);
  let printed = '';
  const ended = once(child, 'close');
  afterAll(async () => {
    child.kill();
    await ended;
  });
  const baseUrl = new Promise<string>((resolve, reject) => {
    const read = (text: string) => {
      printed += text;
      const [url] = address.exec(printed) ?? [];
      if (url) resolve(url);
    };
    child.stdout.setEncoding('utf8').on('data', read);
    child.stderr.setEncoding('utf8').on('data', read);
    child.on('close', () => reject(new Error(`${args.join(' ')} ended:\n${printed}`)));
  });
  return { baseUrl: await baseUrl, output: () => printed };
}
