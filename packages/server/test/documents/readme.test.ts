/** The curl session of docs/getting-started.md and the program of the README, run as they are printed. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { startServer } from '../support/servers/server.ts';

const PUBLISHED = 'http://localhost:8000';
const baseUrl = await startServer();

/** Each command of a `console` block with what it prints. */
function sessionOf(markdown: string): { command: string; output: string }[] {
  const block = /^```console\n(.*?)^```/ms.exec(markdown)?.[1] ?? '';
  return block
    .split(/^\$ /m)
    .filter(Boolean)
    .map((step) => {
      const [command = '', ...output] = step.trimEnd().split('\n');
      return { command, output: output.join('\n') };
    });
}

/** Ids and times differ from run to run, and the order of an object's fields means nothing. */
function comparable(output: string): unknown {
  const anonymous = output.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '<id>').replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>');
  return output === '' ? '' : JSON.parse(anonymous);
}

it('prints what docs/getting-started.md says', async () => {
  const guide = await readFile(new URL('../../../../docs/getting-started.md', import.meta.url), 'utf8');
  const steps = sessionOf(guide);
  expect(steps.length).toBeGreaterThan(10);

  const cwd = await mkdtemp(join(tmpdir(), 'chatbot-guide-'));
  onTestFinished(() => rm(cwd, { recursive: true }));
  const script = steps.map(({ command }) => `${command.replaceAll(PUBLISHED, baseUrl)}; echo; echo ----`).join('\n');
  const { stdout } = await promisify(execFile)('sh', ['-c', script], { cwd });
  const printed = stdout.split('----\n').map((output) => output.trim());

  for (const [index, { command, output }] of steps.entries()) {
    expect(comparable(printed[index] ?? ''), command).toEqual(comparable(output));
  }
});

it('does in ten lines of TypeScript what the README says', async () => {
  const markdown = await readFile(new URL('../../../../README.md', import.meta.url), 'utf8');
  const [, code = ''] = /^## Use it from TypeScript$.*?^```ts\n(.*?)^```/ms.exec(markdown) ?? [];
  const steps = code.split('\n').filter((line) => line !== '' && !line.startsWith('import'));
  expect(steps.length).toBeLessThanOrEqual(10);
  // The README's reader has an account by then.
  await fetch(`${baseUrl}/users/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'newuser@example.com', password: 'Password123' }),
  });
  const program = ['--input-type=module-typescript', '--eval', code.replace(PUBLISHED, baseUrl)];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, program, { cwd: import.meta.dirname });
  expect(stderr).toBe('');
  expect(stdout.split('\n')).toEqual([
    expect.stringContaining('Why do programmers mix up'),
    'Hello! How can I help you today?',
    '',
  ]);
});
