/** Runs the examples of the SDK's README: those of its section on tests as tests, all others as one program. */
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { loggedIn, newCredentials } from '../support/requests/client.ts';
import { sdkProject } from '../support/sdk/sdk-project.ts';
import { startServer } from '../support/servers/server.ts';

const baseUrl = await startServer();
const TESTS = /^## Tests\n.*?(?=^## )/ms;
const BETWEEN = '---- the next example';

const readme = await readFile(new URL('../../../sdk/README.md', import.meta.url), 'utf8');

interface Example {
  code: string;
  /** The output that its comments promise. */
  output: string[];
}

function examplesOf(markdown: string): Example[] {
  return [...markdown.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = '']) => ({
    code,
    output: [...code.matchAll(/\/\/=> (.*)$/gm)].map(([, line = '']) => line),
  }));
}

it('prints what the SDK’s README says', async () => {
  const { email, password } = newCredentials();
  const examples = examplesOf(
    readme
      .replace(TESTS, '')
      .replaceAll('http://localhost:8000', baseUrl)
      .replaceAll('ada@example.com', email)
      .replaceAll('Password123', password),
  );
  expect(examples.length).toBeGreaterThan(10);
  for (const { code, output } of examples) expect(output, `what this prints:\n${code}`).not.toEqual([]);

  const cwd = await sdkProject();
  const program = examples.map(({ code }) => code).join(`\nconsole.log('${BETWEEN}');\n`);
  await writeFile(join(cwd, 'readme.ts'), program);
  const machine = await loggedIn(baseUrl);
  const env = { ...process.env, ACCESS_TOKEN: machine.jar.get('access_token') };
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['readme.ts'], { cwd, env });

  expect(stderr).toBe('');
  const printed = stdout.split(`${BETWEEN}\n`).map((part) => part.split('\n').slice(0, -1));
  expect(printed).toEqual(examples.map(({ output }) => output));
});

it('tests without a server as the SDK’s README says', async () => {
  const examples = examplesOf(TESTS.exec(readme)?.[0] ?? '');
  const cwd = await sdkProject();
  const program = ["import { createClient } from '@async-chatbot/sdk';", ...examples.map(({ code }) => code)];
  await writeFile(join(cwd, 'readme.test.ts'), program.join('\n'));
  const { stdout } = await promisify(execFile)(process.execPath, ['--test', '--test-reporter=tap', 'readme.test.ts'], {
    cwd,
    env: { ...process.env, NODE_TEST_CONTEXT: undefined },
  });
  expect(stdout).toMatch(/^# pass 5$/m);
  expect(stdout).toMatch(/^# fail 0$/m);
});
