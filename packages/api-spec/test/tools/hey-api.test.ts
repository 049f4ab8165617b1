/** A client that Hey API generates from the document works with the server. */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startServer } from './programs.ts';

const run = promisify(execFile);
const { resolve } = createRequire(import.meta.url);
const { baseUrl } = await startServer();
let project: string;

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'chatbot-foreign-'));
  const document = join(import.meta.dirname, '../../openapi.yaml');
  await run(process.execPath, [join(import.meta.dirname, 'hey-api.mjs'), document, join(project, 'generated')]);
  await cp(join(import.meta.dirname, 'hey-api'), project, { recursive: true });
  await writeFile(join(project, 'package.json'), '{ "type": "module" }');
});

afterAll(() => rm(project, { recursive: true, force: true }));

it('registers, logs in, sends a message, reads a page and follows a reply, in strict types', async () => {
  await compile('program.ts');
  const args = ['program.js', baseUrl, `${randomUUID()}@example.com`, 'Password123'];
  const { stdout } = await run(process.execPath, args, { cwd: project });
  const { refused, user_message, bot_response, page, types, received } = JSON.parse(stdout);
  expect(refused).toBe('unauthenticated');
  expect(user_message).toMatchObject({ content: 'canary: tell me a joke', is_bot: false });
  expect(bot_response).toMatchObject({ is_bot: true, reply_to: user_message.id_message, status: 'completed' });
  expect(page).toEqual({ messages: [bot_response], next_cursor: expect.any(String) });
  expect([types[0], types.at(-1)]).toEqual(['reply-started', 'reply-completed']);
  expect(received).toBe(bot_response.content);
});

/** Compiles files and their imports; rejects with the compiler's errors. */
async function compile(...files: string[]) {
  const strict = ['--strict', '--noUncheckedIndexedAccess', '--noPropertyAccessFromIndexSignature'];
  const platform = ['--target', 'es2022', '--module', 'nodenext', '--lib', 'es2022,dom'];
  const node = ['--types', 'node', '--typeRoots', join(import.meta.dirname, '../../node_modules/@types')];
  const options = [...strict, ...platform, ...node, ...files];
  await run(process.execPath, [resolve('typescript/bin/tsc'), ...options], { cwd: project }).catch(({ stdout }) => {
    throw new Error(stdout);
  });
}
