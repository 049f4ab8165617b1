/** Models in the built bundle, in a folder without node_modules. */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, it } from 'vitest';
import { addressOf, onEmulators, startNode } from '../support/process/program.ts';
import { loggedIn, sendMessage } from '../support/requests/client.ts';
import { modelServer, replyWith, status } from '../support/servers/model-server.ts';

let folder: string;

beforeAll(async () => {
  const parent = await mkdtemp(join(tmpdir(), 'chatbot-bundle-'));
  folder = join(parent, 'dist');
  await promisify(execFile)(process.execPath, [join(import.meta.dirname, '../../build.ts'), folder]);
  return () => rm(parent, { recursive: true });
});

const startBundle = (bot: Record<string, string>) =>
  startNode([join(folder, 'main.js')], { cwd: folder, env: { ...onEmulators(), ...bot } });

const textOf = (name: string) => readFile(join(folder, name), 'utf8');

/** The files that Node loads before it runs this file. */
async function filesOf(name: string, found = new Set<string>()): Promise<Set<string>> {
  if (found.has(name)) return found;
  found.add(name);
  for (const [, next = ''] of (await textOf(name)).matchAll(/(?:from|import)"\.\/([^"]+)"/g))
    await filesOf(next, found);
  return found;
}

const AI_SDK = /AI_APICallError|aws4fetch/;

it('starts without loading the AI SDK and its part of zod', async () => {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.js'));
  const texts = new Map(await Promise.all(names.map(async (name) => [name, await textOf(name)] as const)));
  const lazyFiles = names.filter((name) => AI_SDK.test(texts.get(name) ?? ''));
  expect(lazyFiles.length).toBeGreaterThan(0);
  for (const name of await filesOf('main.js')) {
    expect(lazyFiles).not.toContain(name);
    // A locale of zod; the server loads only English.
    expect(texts.get(name)).not.toContain('Ongeldige invoer');
  }
});

it('replies with a model', async () => {
  const { baseUrl, requests } = await modelServer(replyWith('Good', ' day'));
  const bundle = startBundle({ BOT: 'openai-compatible', BOT_MODEL: 'm', BOT_BASE_URL: baseUrl });
  const ada = await loggedIn(await addressOf(bundle));
  expect((await sendMessage(ada, 'canary')).bot_response.content).toBe('Good day');
  expect(requests).toHaveLength(1);
  expect(bundle.output.stdout + bundle.output.stderr).not.toMatch(/canary/);
});

it('replies with Bedrock', async () => {
  const { baseUrl, requests } = await modelServer(status(403));
  const bundle = startBundle({ BOT: 'bedrock', BOT_MODEL: 'm', AWS_ENDPOINT_URL_BEDROCK_RUNTIME: baseUrl });
  const ada = await loggedIn(await addressOf(bundle));
  await ada.call('POST', '/messages', { json: { content: 'canary' } });
  expect(requests[0]?.headers.authorization).toMatch(/^AWS4-HMAC-SHA256 /);
  expect(bundle.output.stdout + bundle.output.stderr).not.toMatch(/canary/);
});
