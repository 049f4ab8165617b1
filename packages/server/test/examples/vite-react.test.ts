/** `examples/vite-react`, built and opened in a real browser. */
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createClient } from '@async-chatbot/sdk';
import { describe, expect, it } from 'vitest';
import { chromiumPath } from '../support/browser/chromium.ts';
import { EXAMPLES, servedPage } from '../support/browser/served-page.ts';
import { temporaryFolder } from '../support/process/program.ts';
import { newCredentials } from '../support/requests/client.ts';

if (!chromiumPath) process.stderr.write('SKIPPED: examples/vite-react, because Chromium is not installed.\n');

const FOLDER = join(EXAMPLES, 'vite-react');

async function builtApp(): Promise<string> {
  const outDir = await temporaryFolder();
  await promisify(execFile)(join(FOLDER, 'node_modules/.bin/vite'), ['build', '--outDir', outDir], { cwd: FOLDER });
  return outDir;
}

/** The app of a newly registered user, with the displayed and the stored messages. */
async function chatPage() {
  const opened = await servedPage(await builtApp());
  const { page, baseUrl } = opened;
  const credentials = newCredentials();
  await page.getByLabel('Email').fill(credentials.email);
  await page.getByLabel('Password').fill(credentials.password);
  await page.getByRole('button', { name: 'Create an account' }).click();
  await page.getByLabel('Message').waitFor();
  const client = createClient({ baseUrl });
  await client.users.login(credentials);
  return {
    ...opened,
    credentials,
    shown: () => page.getByRole('log').locator('p').allTextContents(),
    stored: async () => (await client.messages.list({ order: 'asc' })).messages.map(({ content }) => content),
    newest: async () => (await client.messages.list({ limit: 1 })).messages[0],
    async send(content: string) {
      await page.getByLabel('Message').fill(content);
      await page.getByLabel('Message').press('Enter');
    },
  };
}

it('examples/vite-react has fewer than 80 lines of code', async () => {
  const names = (await readdir(join(FOLDER, 'src'))).filter((name) => name.endsWith('.tsx'));
  expect(names).toEqual(['app.tsx', 'chat.tsx', 'login.tsx']);
  const texts = await Promise.all(names.map((name) => readFile(join(FOLDER, 'src', name), 'utf8')));
  expect(texts.join('').split('\n').length - 1).toBeLessThan(80);
});

describe.runIf(chromiumPath)('examples/vite-react', () => {
  it('streams a reply, resumes it after a reload, and stops it', async () => {
    const { page, nth, shown, send, newest, pageErrors } = await chatPage();
    await send('canary one');
    const generation = await nth(1);
    await generation.emit('Before, ');
    await expect.poll(shown).toEqual(['canary one', 'Before, ']);
    expect(await page.getByLabel('Message').inputValue()).toBe('');

    await page.reload();
    await generation.emit('and after');
    await expect.poll(shown).toEqual(['canary one', 'Before, and after']);
    expect(generation.signal.aborted).toBe(false);
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('button', { name: 'Send' }).waitFor();
    expect(await newest()).toMatchObject({ status: 'cancelled', content: 'Before, and after' });
    expect(generation.signal.aborted).toBe(true);
    expect(pageErrors).toEqual([]);
  });

  it('regenerates a reply, and shows the conversation after a reload', async () => {
    const { page, nth, shown, stored, send, pageErrors } = await chatPage();
    const replies = ['An answer', 'Another answer', 'And another'];
    for (const [index, reply] of replies.entries()) {
      if (index === 0) await send('canary one');
      else await page.getByRole('button', { name: 'Regenerate' }).click();
      const generation = await nth(index + 1);
      await generation.emit(reply);
      await generation.end();
      await expect.poll(shown).toEqual(['canary one', reply]);
      await page.getByRole('button', { name: 'Send' }).waitFor();
      expect(await stored()).toEqual(['canary one', reply]);
      if (index === 1) await page.reload();
    }
    expect(pageErrors).toEqual([]);
  });

  it('reports that the bot failed, and regenerates', async () => {
    const { page, nth, shown, send, pageErrors } = await chatPage();
    await send('canary one');
    await (await nth(1)).fail();
    await expect.poll(() => page.getByRole('alert').textContent()).toMatch(/^[A-Z].*\.$/);
    await page.getByRole('button', { name: 'Regenerate' }).click();
    const generation = await nth(2);
    await generation.emit('An answer');
    await generation.end();
    await expect.poll(shown).toEqual(['canary one', 'An answer']);
    await expect.poll(() => page.getByRole('alert').textContent()).toBe('');
    expect(pageErrors).toEqual([]);
  });

  it('reports that a login failed', async () => {
    const { page } = await servedPage(await builtApp());
    await page.getByLabel('Email').fill('canary@example.com');
    await page.getByLabel('Password').fill('canary, but a wrong one');
    await page.getByRole('button', { name: 'Log in' }).click();
    await expect.poll(() => page.getByRole('alert').textContent()).toMatch(/password/);
  });
});
