/** docs/getting-started.md, typed word for word into a clone and a browser. */
import { execFile } from 'node:child_process';
import { cp, readFile, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { chromiumPath } from '../support/browser/chromium.ts';
import { openPage } from '../support/browser/served-page.ts';
import { freePort, start, temporaryFolder } from '../support/process/program.ts';
import { newCredentials } from '../support/requests/client.ts';
import { startServer } from '../support/servers/server.ts';

const ROOT = join(import.meta.dirname, '../../../..');
const API = 'http://localhost:8000';
const PAGE = 'http://localhost:5173';

if (!chromiumPath) process.stderr.write('SKIPPED: the tutorial, as no Chromium is installed.\n');

/** The pnpm that runs the tests, where there is one, is what npx would find: no registry is asked. */
const NPX = 'if command -v pnpm; then npx() { shift; "$@"; }; fi\n';

/** What the tutorial needs of a clone as it is after `pnpm start`, which has installed it. */
async function cloned(): Promise<string> {
  const clone = await temporaryFolder();
  const packages = ['packages/api-spec', 'packages/shared', 'packages/sdk'];
  for (const name of ['package.json', 'pnpm-workspace.yaml', 'tsconfig.base.json', ...packages, 'examples/browser']) {
    const filter = (path: string) => !['node_modules', 'dist'].includes(basename(path));
    await cp(join(ROOT, name), join(clone, name), { recursive: true, filter });
  }
  for (const name of packages) await symlink(join(ROOT, name, 'node_modules'), join(clone, name, 'node_modules'));
  return clone;
}

it.runIf(chromiumPath)('streams an answer into a page of one’s own', { timeout: 120_000 }, async () => {
  const tutorial = await readFile(join(ROOT, 'docs/getting-started.md'), 'utf8');
  const [prepare = '', serve = ''] = [...tutorial.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, commands]) => commands);
  const [, file = '', html = ''] = /`([^`]+)`:\n\n```html\n(.*?)^```$/ms.exec(tutorial) ?? [];
  const port = `${await freePort()}`;
  const origin = PAGE.replace('5173', port);
  const baseUrl = (await startServer({}, { corsOrigins: [origin] })).replace('127.0.0.1', 'localhost');
  expect(tutorial).toContain(`CORS_ALLOWED_DOMAIN=${PAGE} npx --yes pnpm start`);

  const cwd = await cloned();
  // Here the install is a link to the one that runs the tests.
  const env = { ...process.env, pnpm_config_verify_deps_before_run: 'false' };
  await promisify(execFile)('sh', ['-ec', NPX + prepare], { cwd, env, timeout: 100_000 });
  expect(html).toContain(API);
  await writeFile(join(cwd, file), html.replace(API, baseUrl));
  const [command = '', ...words] = serve.trim().split(' ');
  await start(command, words, { cwd, env: { PORT: port } }).prints(new RegExp(origin));

  const { page, pageErrors } = await openPage(origin);
  const { email, password } = newCredentials();
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Come in' }).click();
  await page.getByLabel('Message').fill('Hello!');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect.poll(() => page.getByRole('status').textContent()).toBe('Hello! How can I help you today?');
  expect(pageErrors).toEqual([]);
});
