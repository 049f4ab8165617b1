import { readFile } from 'node:fs/promises';
import { document } from '@async-chatbot/api-spec';
import { problems } from '@async-chatbot/shared/problems';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, launchChromium } from './support/chromium.ts';
import { newCredentials } from './support/client.ts';
import { startServer } from './support/server.ts';

const baseUrl = await startServer();

/** As a browser does it; left to itself, `fetch` asks for no cached answer. */
const revalidate = ({ headers }: Response) => ({
  'if-none-match': headers.get('etag') ?? '',
  'cache-control': 'max-age=0',
});

describe('the document', () => {
  it('200 as JSON, and 304 while it is the same', async () => {
    const response = await fetch(`${baseUrl}/openapi.json`);
    expect(response.headers.get('content-type')).toContain('application/json');
    expect(await response.json()).toEqual(document);
    const again = await fetch(`${baseUrl}/openapi.json`, {
      headers: revalidate(response),
    });
    expect(again.status).toBe(304);
  });

  it('200 as YAML, to the letter as it was written, and 304 while it is the same', async () => {
    const response = await fetch(`${baseUrl}/openapi.yaml`);
    expect(response.headers.get('content-type')).toContain('application/yaml');
    const written = new URL(import.meta.resolve('@async-chatbot/api-spec/openapi.yaml'));
    expect(await response.text()).toBe(await readFile(written, 'utf8'));
    const again = await fetch(`${baseUrl}/openapi.yaml`, {
      headers: revalidate(response),
    });
    expect(again.status).toBe(304);
  });

  it('200 from one copy in memory, however often the largest file is asked for at once', async () => {
    const before = process.memoryUsage().rss;
    const url = `${baseUrl}/docs/swagger-ui-bundle.js`;
    const etags = await Promise.all(
      Array.from({ length: 200 }, async () => (await fetch(url, { method: 'HEAD' })).headers.get('etag')),
    );
    expect(new Set(etags).size).toBe(1);
    // A copy for each would be 340 MB.
    expect(process.memoryUsage().rss - before).toBeLessThan(200_000_000);
  });

  it('302 to the documentation from the root', async () => {
    const response = await fetch(baseUrl, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([302, '/docs']);
  });

  it('200 with every problem code where its `type` leads', async () => {
    const page = await (await fetch(`${baseUrl}/problems`)).text();
    for (const [code, { status, title }] of Object.entries(problems)) {
      const [, section = ''] = new RegExp(`<section id="${code}">(.*?)</section>`, 's').exec(page) ?? [];
      expect(section.replaceAll('&#39;', "'")).toContain(`<strong>${status} ${title}.</strong>`);
      expect(page).toContain(`<li><a href="#${code}">${code}</a> ${status}</li>`);
    }
  });
});

if (!chromiumPath) process.stderr.write('SKIPPED: the browser tests of /docs, as no Chromium is installed.\n');

describe.runIf(chromiumPath)('the page in a browser', () => {
  let page: Page;
  const violations: string[] = [];
  const elsewhere: string[] = [];

  beforeAll(async () => {
    const browser = await launchChromium();
    page = await browser.newPage();
    page.on('console', (message) => /Content.Security.Policy/i.test(message.text()) && violations.push(message.text()));
    page.on(
      'request',
      (request) =>
        !/^(data|blob):/.test(request.url()) && !request.url().startsWith(baseUrl) && elsewhere.push(request.url()),
    );
    await page.goto(`${baseUrl}/docs`, { waitUntil: 'networkidle' });
    return () => browser.close();
  });

  /** Opens an operation, sends this body, and gives the status that the page shows. */
  async function tryOut(operationId: string, body?: unknown): Promise<string | null> {
    const operation = page.locator(`[id$="-${operationId}"]`);
    await operation.locator('.opblock-summary-control').click();
    if (body) await operation.locator('textarea.body-param__text').fill(JSON.stringify(body));
    await operation.locator('button.execute').click();
    return operation.locator('.live-responses-table tbody .response-col_status').first().textContent();
  }

  it('lists every operation', async () => {
    await expect.poll(() => page.locator('.opblock').count(), { timeout: 10_000 }).toBe(29);
  });

  it('has groups for them, in the order in which somebody new needs them', async () => {
    const names = await page.locator('.opblock-tag').evaluateAll((tags) => tags.map((tag) => tag.dataset.tag));
    expect(names).toEqual(['Accounts', 'Sessions', 'Messages', 'Replies', 'Conversations', 'Health']);
  });

  it('registers, logs in and sends a message, with the cookie that no script sees', async () => {
    const credentials = newCredentials();
    expect(await tryOut('registerUser', credentials)).toContain('201');
    expect(await tryOut('loginUser', credentials)).toContain('200');
    expect(await tryOut('sendMessage', { content: 'canary hello' })).toContain('201');
    expect(await page.evaluate('document.cookie')).toBe('');
    await expect
      .poll(() => page.locator('[id$="-sendMessage"] .live-responses-table').textContent())
      .toContain('bot_response');
  });

  it('lists what was just said, by the values that the page fills in itself', async () => {
    expect(await tryOut('listMessages')).toContain('200');
    const answer = page.locator('[id$="-listMessages"] .live-responses-table');
    await expect.poll(() => answer.textContent()).toContain('canary hello');
  });

  it('shows each problem that an answer may be, by its code', async () => {
    const refused = page.locator('[id$="-loginUser"] tr.response[data-code="403"] .examples-select-element');
    await refused.selectOption('rejected-by-policy');
    const shown = page.locator('[id$="-loginUser"] tr.response[data-code="403"]');
    await expect.poll(() => shown.textContent()).toContain('"The identity provider refuses this"');
  });

  it('leads to the problems and back, and marks the one that was asked for', async () => {
    await page.locator('header nav a', { hasText: 'Problems' }).click();
    await page.locator('.contents a', { hasText: 'wrong-password' }).click();
    expect(new URL(page.url()).hash).toBe('#wrong-password');
    expect(await page.locator('section:target strong').textContent()).toBe('403 The current password is wrong.');
    await page.goBack();
    await page.goBack();
    await expect.poll(() => page.locator('.opblock').count(), { timeout: 10_000 }).toBe(29);
  });

  it.each(['/docs', '/problems'])('%s fits a narrow screen, and is dark where the system is', async (path) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.goto(baseUrl + path, { waitUntil: 'networkidle' });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(28, 32, 34)');
    const ink = await page.evaluate("getComputedStyle(document.querySelector('h1, h2')).color");
    expect(ink).toMatch(/^rgb\(2\d\d, 2\d\d, 2\d\d\)$/);
  });

  it('shows where the keyboard is', async () => {
    await page.keyboard.press('Tab');
    expect(await page.evaluate('getComputedStyle(document.activeElement).outline')).toMatch(/ solid 3px$/);
  });

  it('breaks no rule of its content security policy and calls nobody else', () => {
    expect(violations).toEqual([]);
    expect(elsewhere).toEqual([]);
  });
});
