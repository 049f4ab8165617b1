/** The built bundle, in a folder without node_modules. */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import { addressOf, onEmulators, startNode } from '../support/process/program.ts';
import { loggedIn, sendMessage } from '../support/requests/client.ts';

let folder: string;

beforeAll(async () => {
  const parent = await mkdtemp(join(tmpdir(), 'chatbot-bundle-'));
  folder = join(parent, 'dist');
  const build = join(import.meta.dirname, '../../build.ts');
  await promisify(execFile)(process.execPath, [build, folder]);
  return () => rm(parent, { recursive: true });
});

const startBundle = () => startNode([join(folder, 'main.js')], { cwd: folder, env: onEmulators() });

it('registers, logs in and replies', async () => {
  const ada = await loggedIn(await addressOf(startBundle()));
  expect((await sendMessage(ada)).bot_response.content).toMatch(/^Hello!/);
  expect(await ada.call('GET', '/users/me')).toMatchObject({ body: { email: ada.credentials.email } });
  expect(await ada.call('POST', '/users/logout')).toMatchObject({ status: 200 });
});

it('serves the health check, the document and the pages', async () => {
  const baseUrl = await addressOf(startBundle());
  expect(await textOf(`${baseUrl}/health`)).toBe('{"status":"OK"}');
  const served = JSON.parse(await textOf(`${baseUrl}/openapi.json`));
  expect(served).toMatchObject({ openapi: '3.1.0' });
  expect(parse(await textOf(`${baseUrl}/openapi.yaml`))).toEqual(served);
  const pages = (await textOf(`${baseUrl}/docs`)) + (await textOf(`${baseUrl}/problems`));
  const assets = new Set([...pages.matchAll(/(?:src|href)="([^"#:]+)"/g)].map(([, path]) => path));
  expect(assets.size).toBe(10);
  for (const path of assets) expect(await textOf(`${baseUrl}/${path}`)).not.toBe('');
});

it('names source files in a stack trace', async () => {
  const { stderr } = await startNode(
    [
      '--input-type=module',
      '--eval',
      "const { exit } = process; process.exit = () => { process.exit = exit; throw new Error('left'); }; await import('./main.js')",
    ],
    { cwd: folder },
  ).ended;
  expect(stderr).toMatch(/at fail .*packages\/server\/src\/shutdown\.ts:\d+:\d+/);
});

it('contains only the served files of packages', async () => {
  const entries = await readdir(join(folder, 'node_modules'), { recursive: true, withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  expect(names.toSorted()).toEqual([
    'api.css',
    'openapi.yaml',
    'page.css',
    'postman.json',
    'problems.md',
    'start.js',
    'swagger-ui-bundle.js',
    'swagger-ui.css',
  ]);
});

it('rejects bodies in encodings other than UTF-8, whose tables it does not contain', async () => {
  const baseUrl = await addressOf(startBundle());
  for (const charset of ['utf-16', 'utf-7', 'latin1', 'shift_jis']) {
    const headers = { 'Content-Type': `application/json; charset=${charset}` };
    const response = await fetch(`${baseUrl}/users/login`, { method: 'POST', headers, body: '{}' });
    expect([response.status, await response.json()], charset).toMatchObject([
      415,
      { detail: expect.stringContaining('UTF-8') },
    ]);
  }
});

it('does not load Node’s own undici, not even for the first requests and the signing keys', async () => {
  const script =
    "process.on('exit', () => console.log(process.moduleLoadList.filter((name) => name.includes('undici'))))";
  const program = startNode(['--import', `data:text/javascript,${script}`, join(folder, 'main.js')], {
    cwd: folder,
    env: onEmulators(),
  });
  await sendMessage(await loggedIn(await addressOf(program)));
  await program.prints(/"msg":"ready"/);
  program.signal('SIGTERM');
  expect((await program.ended).stdout).toMatch(/^\[\]$/m);
});

it('starts without loading the Cognito client', async () => {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.js'));
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  const clients = names.filter((_, index) => texts[index]?.includes('InitiateAuthCommand=class'));
  expect(clients).toHaveLength(1);
  for (const text of texts) expect(text).not.toMatch(new RegExp(`(from|import)"./${clients[0]}"`));
});

async function textOf(url: string): Promise<string> {
  const response = await fetch(url);
  expect(response.status, url).toBe(200);
  return response.text();
}
