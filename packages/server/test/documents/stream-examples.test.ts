/** Runs the contract's examples of streams in a shell and in Node. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { document } from '@async-chatbot/api-spec';
import { beforeAll, expect, it } from 'vitest';
import { connect, newCredentials } from '../support/requests/client.ts';
import { startServer } from '../support/servers/server.ts';

const PUBLISHED = 'http://localhost:8000';
const JOKE = 'Why do programmers mix up Halloween and Christmas? Because Oct 31 equals Dec 25.';

const run = promisify(execFile);
const baseUrl = await startServer();
const credentials = newCredentials();
const sending = document.paths['/messages'].post.description;
const resuming = document.paths['/messages/{id_message}/events'].get.description;
let cwd: string;

beforeAll(async () => {
  await connect(baseUrl).call('POST', '/users/register', { json: credentials });
  cwd = await mkdtemp(join(tmpdir(), 'chatbot-stream-'));
  const login = ['-sf', `${baseUrl}/users/login`, '-c', 'cookies.txt', '-H', 'Content-Type: application/json'];
  await run('curl', [...login, '-d', JSON.stringify(credentials)], { cwd });
  return () => rm(cwd, { recursive: true });
});

const blockIn = (description: string, language: string): string =>
  new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'ms').exec(description)?.[1] ?? '';

/** The command of a `console` block, what it should print, and what it does print. */
async function runConsole(description: string, variables: Record<string, string> = {}) {
  const [, command = '', expected = ''] = /^\$ ((?:.*\\\n)*.*)\n([\s\S]*)$/.exec(blockIn(description, 'console')) ?? [];
  const env = { ...process.env, ...variables };
  const { stdout } = await run('sh', ['-c', command.replace(PUBLISHED, baseUrl)], { cwd, env });
  return { command, expected, printed: stdout };
}

/** Line by line; ids and times differ from run to run, and the order of an object's fields means nothing. */
function comparable(stream: string): unknown[] {
  const anonymous = stream.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '<id>').replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>');
  return anonymous.split('\n').map((line) => (line.startsWith('data: ') ? JSON.parse(line.slice(6)) : line));
}

it('a stream is transmitted as documented, and can be resumed where it was interrupted', async () => {
  const sent = await runConsole(sending);
  expect(comparable(sent.expected)).toHaveLength(16);
  expect(comparable(sent.printed)).toEqual(comparable(sent.expected));

  const [, id_message = ''] = /"id_reply":"([0-9a-f-]+)"/.exec(sent.printed) ?? [];
  const resumed = await runConsole(resuming, { id_message });
  expect(resumed.command).toContain('Last-Event-ID');
  expect(comparable(resumed.printed)).toEqual(comparable(resumed.expected));
});

it('a stream is printed by the TypeScript client, and again after a reload', async () => {
  const code = [sending, resuming].map((description) => blockIn(description, 'ts'));
  expect(code).not.toContain('');
  const program = code.join('').replace(PUBLISHED, baseUrl);
  const own = program
    .replace("'newuser@example.com'", JSON.stringify(credentials.email))
    .replace("'Password123'", JSON.stringify(credentials.password));
  const { stdout, stderr } = await run(process.execPath, ['--input-type=module-typescript', '--eval', own], {
    cwd: import.meta.dirname,
  });
  expect(stderr).toBe('');
  expect(stdout).toBe(`${JOKE}${JOKE}\n`);
});
