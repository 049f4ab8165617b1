/** Checks the documentation's pages with axe-core, in both themes, on wide and narrow screens, with operations opened. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { chromiumPath, launchChromium } from '../support/browser/chromium.ts';
import { runs } from '../support/checks/runs.ts';
import { quickCognito } from '../support/servers/quick-cognito.ts';
import { startServer, testDeps } from '../support/servers/server.ts';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];

const LAYOUTS = (
  [
    { colorScheme: 'light', width: 1280 },
    { colorScheme: 'dark', width: 390 },
    { colorScheme: 'light', width: 390 },
    { colorScheme: 'dark', width: 1280 },
  ] as const
).slice(0, runs(2, 4));

/** Operations left open for the scan, one per method: each takes axe seconds, because of its many examples. */
const SCANNED = ['listMessages', 'createConversation', 'editMessage', 'updateConversation', 'deleteMessage'];

if (!chromiumPath)
  process.stderr.write('SKIPPED: the accessibility of the pages, because Chromium is not installed.\n');

describe.runIf(chromiumPath)('the pages in a browser', () => {
  let baseUrl: string;
  let browser: Browser;
  let page: Page;
  let axe: string;

  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'chatbot-docs-'));
    // A separate pool, in which no other test has registered the prefilled address.
    const cognito = await quickCognito(folder);
    baseUrl = await startServer(testDeps(cognito.environment));
    axe = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
    browser = await launchChromium();
    page = await browser.newPage({ reducedMotion: 'reduce' });
    await page.goto(`${baseUrl}/docs`, { waitUntil: 'networkidle' });
    return async () => {
      await browser.close();
      await cognito.close();
      await rm(folder, { recursive: true });
    };
  });

  async function open(id: string) {
    const operation = page.locator(`[id$="-${id}"]`);
    const toggle = operation.locator('.opblock-summary-control');
    await toggle.click();
    if (!SCANNED.includes(id)) onTestFinished(() => toggle.click());
    return operation;
  }

  async function execute(id: string) {
    const operation = await open(id);
    await operation.locator('button.execute').click();
    return operation;
  }

  /** What axe finds in every layout, such as `color-contrast .btn`. */
  async function violations(within = 'body'): Promise<string[]> {
    await page.evaluate(axe);
    const found: string[] = [];
    for (const { colorScheme, width } of LAYOUTS) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      await page.evaluate('Promise.allSettled(document.getAnimations().map(({ finished }) => finished)).then(() => 0)');
      const options = JSON.stringify({ runOnly: WCAG, resultTypes: ['violations'] });
      const results = await page.evaluate<AxeResults>(`axe.run('${within}', ${options})`);
      const nodes = results.violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, html }) => ({ id, target, html })),
      );
      found.push(...nodes.map(({ id, target, html }) => `${colorScheme} ${width}: ${id} ${target} ${html}`));
    }
    return found;
  }

  it.each([
    ['registerUser', '201'],
    ['loginUser', '200'],
    ['sendMessage', '201'],
    ['listMessages', '200'],
    ['createConversation', '201'],
  ])('%s succeeds with the prefilled form', async (id, status) => {
    const operation = await execute(id);
    const shown = operation.locator('.live-responses-table tbody .response-col_status').first();
    expect(await shown.textContent()).toContain(status);
  });

  it.each(['editMessage', 'deleteMessage', 'resumeReply', 'updateConversation'])(
    '%s requires an id, and sends no request without one',
    async (id) => {
      const operation = await execute(id);
      const input = operation.locator('tr[data-param-in="path"] input');
      expect(await input.inputValue()).toBe('');
      expect(await input.getAttribute('class')).toContain('invalid');
      expect(await operation.locator('.live-responses-table').count()).toBe(0);
    },
  );

  it('confirmUser leaves the code to the user', async () => {
    const operation = await open('confirmUser');
    const body = JSON.parse(await operation.locator('textarea').inputValue());
    expect(body).toMatchObject({ email: expect.any(String), code: '' });
  });

  it('axe finds no violations in one operation of each method and in the schemas', { timeout: 120_000 }, async () => {
    expect(await page.locator('.opblock.is-open').count()).toBe(SCANNED.length);
    await page.locator('section.models button').first().click();
    await page.locator('section.models.is-open').waitFor();
    expect(await violations()).toEqual([]);
  });

  it('the Authorize dialog needs no input after a login, and has no violations', { timeout: 60_000 }, async () => {
    await page.locator('.btn.authorize').first().click();
    const dialog = page.locator('.dialog-ux');
    expect(await dialog.textContent()).toContain('After POST /users/login, there is nothing to fill in');
    expect(await dialog.locator('input').count()).toBe(1);
    expect(await violations('.dialog-ux')).toEqual([]);
    await dialog.locator('.btn-done').click();
  });

  it.each(['/problems#wrong-password', '/no/such/page'])(
    'axe finds no violations in %s',
    { timeout: 60_000 },
    async (path) => {
      await page.goto(baseUrl + path);
      expect(await page.locator('h1').count()).toBe(1);
      expect(await violations()).toEqual([]);
    },
  );
});
