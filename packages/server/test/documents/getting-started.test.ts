/** The page of docs/getting-started.md, built in a clone and opened in a browser. */
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

if (!chromiumPath)
  process.stderr.write('SKIPPED: the page of docs/getting-started.md, because Chromium is not installed.\n');

/** Replaces npx with the installed pnpm, if any, so that no registry is needed. */
const NPX = 'if command -v pnpm; then npx() { shift; "$@"; }; fi\n';

/** The parts of an installed clone that the page needs. */
async function partialClone(): Promise<string> {
  const clone = await temporaryFolder();
  const packages = ['packages/api-spec', 'packages/shared', 'packages/sdk'];
  for (const name of ['package.json', 'pnpm-workspace.yaml', 'tsconfig.base.json', ...packages, 'examples/browser']) {
    const filter = (path: string) => !['node_modules', 'dist'].includes(basename(path));
    await cp(join(ROOT, name), join(clone, name), { recursive: true, filter });
  }
  for (const name of packages) await symlink(join(ROOT, name, 'node_modules'), join(clone, name, 'node_modules'));
  return clone;
}

it.runIf(chromiumPath)('streams a reply into the page of the guide', { timeout: 120_000 }, async () => {
  const guide = await readFile(join(ROOT, 'docs/getting-started.md'), 'utf8');
  const [prepare = '', serve = ''] = [...guide.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, commands]) => commands);
  const [, file = '', html = ''] = /`([^`]+)`:\n\n```html\n(.*?)^```$/ms.exec(guide) ?? [];
  const port = `${await freePort()}`;
  const origin = PAGE.replace('5173', port);
  const baseUrl = (await startServer({}, { corsOrigins: [origin] })).replace('127.0.0.1', 'localhost');
  expect(guide).toContain(`CORS_ALLOWED_DOMAIN=${PAGE} npx --yes pnpm start`);

  const cwd = await partialClone();
  // The dependencies are links to the installed ones.
  const env = { ...process.env, pnpm_config_verify_deps_before_run: 'false' };
  await promisify(execFile)('sh', ['-ec', NPX + prepare], { cwd, env, timeout: 100_000 });
  expect(html).toContain(API);
  await writeFile(join(cwd, file), html.replace(API, baseUrl));
  const [command = '', ...args] = serve.trim().split(' ');
  await start(command, args, { cwd, env: { PORT: port } }).prints(new RegExp(origin));

  const { page, pageErrors } = await openPage(origin);
  const { email, password } = newCredentials();
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByLabel('Message').fill('Hello!');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect.poll(() => page.getByRole('status').textContent()).toBe('Hello! How can I help you today?');
  expect(pageErrors).toEqual([]);
});
