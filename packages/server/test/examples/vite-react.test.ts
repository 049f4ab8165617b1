/** `examples/vite-react`, built as for a web server, as people use it. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../process/program.ts';
import { chromiumPath } from '../support/chromium.ts';
import { newCredentials } from '../support/client.ts';
import { EXAMPLES, servedPage } from './served-page.ts';

if (!chromiumPath) process.stderr.write('SKIPPED: the example of a React app, as no Chromium is installed.\n');

async function builtApp(): Promise<string> {
  const cwd = join(EXAMPLES, 'vite-react');
  const outDir = await temporaryFolder();
  await promisify(execFile)(join(cwd, 'node_modules/.bin/vite'), ['build', '--outDir', outDir], { cwd });
  return outDir;
}

describe.runIf(chromiumPath)('examples/vite-react', () => {
  it('streams an answer into state, goes on with it after a reload, and stops it', async () => {
    const { page, nth, faults } = await servedPage(await builtApp());
    const shown = () => page.getByRole('log').locator('p').allTextContents();
    const { email, password } = newCredentials();
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Create an account' }).click();

    await page.getByLabel('Message').fill('canary one');
    await page.getByLabel('Message').press('Enter');
    const answer = await nth(1);
    await answer.say('Before, ');
    await expect.poll(shown).toEqual(['canary one', 'Before, ']);

    await page.reload();
    await answer.say('and after');
    await expect.poll(shown).toEqual(['canary one', 'Before, and after']);
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('button', { name: 'Send' }).waitFor();

    await page.getByLabel('Message').fill('canary two');
    await page.getByLabel('Message').press('Enter');
    await (await nth(2)).fail();
    await expect.poll(() => page.getByRole('alert').textContent()).not.toBe('');
    expect(faults).toEqual([]);
  });
});
