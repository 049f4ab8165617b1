/** Newman, Postman's runner, runs the collection as it is served. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { postmanCollection } from '../../src/postman/collection.ts';
import { startServer } from './programs.ts';

type Collection = ReturnType<typeof postmanCollection>;

interface Validator {
  PostmanValidator: new () => { verify: (document: unknown) => Promise<unknown[]> };
}

const [{ baseUrl }, limited, confirming] = await Promise.all([
  startServer(),
  // The default of `main.ts`.
  startServer({ LIMIT_ADDRESS_PER_MINUTE: '20' }),
  startServer({ REGISTRATION: 'confirm' }),
]);
// The cast: what is served is what is generated.
const collection = (await (await fetch(`${baseUrl}/postman.json`)).json()) as Collection;
const requests = collection.item.flatMap(({ item }) => item);
const program = join(import.meta.dirname, 'node_modules/newman/bin/newman.js');

/** Returns what newman prints. Rejects with it if a test of the collection fails. */
async function newman(...args: string[]): Promise<string> {
  const run = promisify(execFile)(process.execPath, [program, 'run', ...args, '--color', 'off']);
  const { stdout } = await run.catch(({ stdout, stderr }: { stdout: string; stderr: string }) => {
    throw new Error(stdout + stderr);
  });
  return stdout;
}

/** How many requests a run has sent, all of which succeeded. */
const requestsIn = (printed: string): number => Number(/requests │ +(\d+) │ +0 │/.exec(printed)?.[1]);

it('newman runs the served collection unchanged, twice in a row', async () => {
  const needCode = requests.filter(({ request }) => request.body?.raw.includes('{{code}}'));
  for (let run = 1; run <= 2; run += 1) {
    const printed = await newman(`${limited.baseUrl}/postman.json`);
    process.stdout.write(`newman, run ${run}:\n${printed.slice(printed.lastIndexOf('┌'))}\n`);
    expect(requestsIn(printed)).toBe(requests.length - needCode.length);
  }
});

it("the served collection is valid according to Postman's schema", async () => {
  // The cast: a package outside of the workspace has no types here.
  const { PostmanValidator } = createRequire(import.meta.url)('@har-sdk/validator') as Validator;
  expect(await new PostmanValidator().verify(collection)).toEqual([]);
  expect(await new PostmanValidator().verify({ ...collection, item: 'none' })).not.toEqual([]);
});

it('optional parameters and headers work when enabled', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'chatbot-newman-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  // All but id_conversation: the conversation is created later, and the messages are in the default one.
  const enabled = JSON.stringify(collection, function (this: { key?: string }, name, value: unknown) {
    return name === 'disabled' && this.key !== 'id_conversation' ? undefined : value;
  });
  const path = join(folder, 'enabled.json');
  await writeFile(path, enabled);
  const printed = await newman(path);
  expect(printed).toContain('/messages?limit=50&cursor=');
});

it('an account is confirmed and a password reset with codes sent by email', async () => {
  const email = 'ada@chat.example.com';
  const run = (path: string, ...args: string[]) => {
    const found = requests.find(({ request }) => request.url.raw === `{{baseUrl}}/${path}`);
    const only = ['--folder', found?.name ?? path, '--env-var', `email=${email}`];
    return newman(`${confirming.baseUrl}/postman.json`, ...only, ...args);
  };
  const codeTo = async (purpose: string) => {
    const sent = new RegExp(`Email to ${email}: the code to ${purpose} is (\\w+)`);
    const [, code] = await vi.waitFor(() => sent.exec(confirming.output()) ?? expect.fail());
    return ['--env-var', `code=${code}`];
  };
  await run('users/register');
  expect(requestsIn(await run('users/confirm', ...(await codeTo('confirm the address'))))).toBe(1);
  await run('users/password/forgot');
  expect(requestsIn(await run('users/password/reset', ...(await codeTo('reset the password'))))).toBe(1);
  await run('users/login');
});
