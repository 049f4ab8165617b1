/** `examples/browser` in a real browser, on another origin than the API. */
import { join } from 'node:path';
import { createClient } from '@async-chatbot/sdk';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { chromiumPath } from '../support/browser/chromium.ts';
import { EXAMPLES, servedPage } from '../support/browser/served-page.ts';
import { newCredentials } from '../support/requests/client.ts';

if (!chromiumPath) process.stderr.write('SKIPPED: examples/browser, because Chromium is not installed.\n');

async function chatPage() {
  const opened = await servedPage(join(EXAMPLES, 'browser'));
  const credentials = newCredentials();
  await opened.page.getByLabel('Email').fill(credentials.email);
  await opened.page.getByLabel('Password').fill(credentials.password);
  await opened.page.getByRole('button', { name: 'Create an account' }).click();
  await opened.page.getByLabel('Message').waitFor();
  return { ...opened, credentials };
}

async function send(page: Page, content: string) {
  await page.getByLabel('Message').fill(content);
  await page.getByLabel('Message').press('Enter');
}

const shown = (page: Page) => page.getByRole('article').allTextContents();

describe.runIf(chromiumPath)('examples/browser', () => {
  it('registers, and shows a reply word by word', async () => {
    const { page, nth, pageErrors } = await chatPage();
    await send(page, 'canary one');
    const generation = await nth(1);
    for (const [word, text] of [
      ['It ', 'It '],
      ['comes', 'It comes'],
    ] as const) {
      await generation.emit(word);
      await expect.poll(() => shown(page)).toEqual(['canary one', text]);
    }
    await generation.end();
    await page.getByRole('button', { name: 'Send' }).waitFor();
    expect(pageErrors).toEqual([]);
  });

  it('stops the bot, and keeps the text so far', async () => {
    const { page, nth, pageErrors } = await chatPage();
    await send(page, 'canary one');
    await (await nth(1)).emit('As far as this');
    await expect.poll(() => shown(page)).toEqual(['canary one', 'As far as this']);
    await page.getByRole('button', { name: 'Stop' }).click();
    await expect.poll(() => shown(page)).toEqual(['canary one', 'As far as thisStopped']);
    await page.reload();
    await expect.poll(() => shown(page)).toEqual(['canary one', 'As far as thisStopped']);
    expect(pageErrors).toEqual([]);
  });

  it('resumes a reply after a reload, without losing text', async () => {
    const { page, nth, pageErrors } = await chatPage();
    await send(page, 'canary one');
    const generation = await nth(1);
    await generation.emit('Before, ');
    await expect.poll(() => shown(page)).toEqual(['canary one', 'Before, ']);
    await page.reload();
    await generation.emit('meanwhile, ');
    await expect.poll(() => shown(page)).toEqual(['canary one', 'Before, meanwhile, ']);
    await generation.emit('after');
    await generation.end();
    await expect.poll(() => shown(page)).toEqual(['canary one', 'Before, meanwhile, after']);
    await page.getByRole('button', { name: 'Send' }).waitFor();
    expect(pageErrors).toEqual([]);
  });

  it('reports that the bot failed', async () => {
    const { page, nth } = await chatPage();
    await send(page, 'canary one');
    await (await nth(1)).fail();
    await expect.poll(() => shown(page)).toEqual(['canary one', 'The bot could not answer']);
    expect(await page.getByRole('alert').textContent()).not.toBe('');
  });

  it('reports that the session was ended on another device, and continues after a login', async () => {
    const { page, nth, baseUrl, credentials, pageErrors } = await chatPage();
    const otherDevice = createClient({ baseUrl });
    await otherDevice.users.login(credentials);
    await otherDevice.users.logoutEverywhere();
    await send(page, 'canary one');
    await page.getByRole('button', { name: 'Log in' }).waitFor();
    expect(await page.getByRole('alert').textContent()).toMatch(/session/i);

    await page.getByLabel('Email').fill(credentials.email);
    await page.getByLabel('Password').fill('canary, but a wrong one');
    await page.getByRole('button', { name: 'Log in' }).click();
    await expect.poll(() => page.getByRole('alert').textContent()).not.toMatch(/session/i);
    await page.getByLabel('Password').fill(credentials.password);
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByLabel('Message').waitFor();
    await send(page, 'canary two');
    await (await nth(1)).emit('Here you are');
    await expect.poll(() => shown(page)).toEqual(['canary two', 'Here you are']);

    await page.getByRole('button', { name: 'Log out' }).click();
    await page.getByText('You are logged out.').waitFor();
    expect(await shown(page)).toEqual([]);
    expect(pageErrors).toEqual([]);
  });
});
