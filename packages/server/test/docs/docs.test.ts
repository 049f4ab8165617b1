import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { document } from '@async-chatbot/api-spec';
import { operations } from '@async-chatbot/api-spec/operations';
import { problems } from '@async-chatbot/shared/problems';
import type { Browser, Page } from 'playwright-core';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { chromiumPath, launchChromium } from '../support/browser/chromium.ts';
import { newCredentials } from '../support/requests/client.ts';
import { startServer } from '../support/servers/server.ts';

const baseUrl = await startServer();
const operationCount = Object.keys(operations).length;

/** As a browser does; by default, `fetch` adds `no-cache` to conditional requests. */
const revalidate = ({ headers }: Response) => ({
  'if-none-match': headers.get('etag') ?? '',
  'cache-control': 'max-age=0',
});

describe('the document', () => {
  it('200 as JSON, and 304 while it is unchanged', async () => {
    const response = await fetch(`${baseUrl}/openapi.json`);
    expect(response.headers.get('content-type')).toContain('application/json');
    expect(await response.json()).toMatchObject({
      info: { version: document.info.version },
      servers: [{ url: baseUrl }],
    });
    const again = await fetch(`${baseUrl}/openapi.json`, {
      headers: revalidate(response),
    });
    expect(again.status).toBe(304);
  });

  it('200 as YAML, and 304 while it is unchanged', async () => {
    const response = await fetch(`${baseUrl}/openapi.yaml`);
    expect(response.headers.get('content-type')).toContain('application/yaml');
    expect(await response.text()).toContain(`\n  - url: ${baseUrl}\n`);
    const again = await fetch(`${baseUrl}/openapi.yaml`, {
      headers: revalidate(response),
    });
    expect(again.status).toBe(304);
  });

  it('200 from one copy in memory for concurrent requests of the largest file', async () => {
    const before = process.memoryUsage().rss;
    const url = `${baseUrl}/docs/swagger-ui-bundle.js`;
    const etags = await Promise.all(
      Array.from({ length: 200 }, async () => (await fetch(url, { method: 'HEAD' })).headers.get('etag')),
    );
    expect(new Set(etags).size).toBe(1);
    // One copy per request would be 340 MB.
    expect(process.memoryUsage().rss - before).toBeLessThan(200_000_000);
  });

  it('302 to the documentation from the root', async () => {
    const response = await fetch(baseUrl, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([302, 'docs']);
  });

  it.each(['/docs', '/problems'])('302 from %s/, whose relative links would be wrong', async (path) => {
    expect((await fetch(`${baseUrl}${path}/`)).url).toBe(baseUrl + path);
  });

  it('200 with every problem code at the URL of its `type`', async () => {
    const page = await (await fetch(`${baseUrl}/problems`)).text();
    for (const [code, { status, title }] of Object.entries(problems)) {
      const [, section = ''] = new RegExp(`<section id="${code}">(.*?)</section>`, 's').exec(page) ?? [];
      expect(section.replaceAll('&#39;', "'")).toContain(`<strong>${status} ${title}.</strong>`);
      expect(page).toContain(`<li><a href="#${code}">${code}</a> ${status}</li>`);
    }
  });
});

if (!chromiumPath) process.stderr.write('SKIPPED: the browser tests of /docs, because Chromium is not installed.\n');

/** A proxy that serves the API under a path prefix, without sending it the prefix. */
async function pathProxy(): Promise<string> {
  const proxy = createServer((req, res) => {
    if (!req.url?.startsWith('/chat/')) return res.writeHead(404).end();
    const passed = request(
      baseUrl + req.url.slice('/chat'.length),
      { method: req.method, headers: req.headers },
      (from) => from.pipe(res.writeHead(from.statusCode ?? 502, from.headers)),
    );
    req.pipe(passed);
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  onTestFinished(() => void proxy.close());
  // The cast: a server that listens on a port has such an address.
  return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}/chat`;
}

describe.runIf(chromiumPath)('the page in a browser', () => {
  let browser: Browser;
  let page: Page;
  const violations: string[] = [];
  const foreignRequests: string[] = [];

  beforeAll(async () => {
    browser = await launchChromium();
    page = await browser.newPage();
    page.on('console', (message) => /Content.Security.Policy/i.test(message.text()) && violations.push(message.text()));
    page.on(
      'request',
      (request) =>
        !/^(data|blob):/.test(request.url()) &&
        !request.url().startsWith(baseUrl) &&
        foreignRequests.push(request.url()),
    );
    await page.goto(`${baseUrl}/docs`, { waitUntil: 'networkidle' });
    return () => browser.close();
  });

  /** Opens an operation, sends this body, and returns the status that the page shows. */
  async function tryOut(operationId: string, body?: unknown): Promise<string | null> {
    const operation = page.locator(`[id$="-${operationId}"]`);
    await operation.locator('.opblock-summary-control').click();
    if (body) await operation.locator('textarea.body-param__text').fill(JSON.stringify(body));
    await operation.locator('button.execute').click();
    return operation.locator('.live-responses-table tbody .response-col_status').first().textContent();
  }

  it('lists every operation', async () => {
    await expect.poll(() => page.locator('.opblock').count(), { timeout: 10_000 }).toBe(operationCount);
  });

  it('groups them in the order in which a new user needs them', async () => {
    const names = await page.locator('.opblock-tag').evaluateAll((tags) => tags.map((tag) => tag.dataset.tag));
    expect(names).toEqual(['Accounts', 'Sessions', 'Messages', 'Replies', 'Conversations', 'Health']);
  });

  it('registers, logs in and sends a message, with HttpOnly cookies', async () => {
    const credentials = newCredentials();
    expect(await tryOut('registerUser', credentials)).toContain('201');
    expect(await tryOut('loginUser', credentials)).toContain('200');
    expect(await tryOut('sendMessage', { content: 'canary hello' })).toContain('201');
    expect(await page.evaluate('document.cookie')).toBe('');
    await expect
      .poll(() => page.locator('[id$="-sendMessage"] .live-responses-table').textContent())
      .toContain('bot_response');
  });

  it('lists the messages just sent, with the prefilled values', async () => {
    expect(await tryOut('listMessages')).toContain('200');
    const table = page.locator('[id$="-listMessages"] .live-responses-table');
    await expect.poll(() => table.textContent()).toContain('canary hello');
  });

  it('shows each problem of a response, by its code', async () => {
    const select = page.locator('[id$="-loginUser"] tr.response[data-code="403"] .examples-select-element');
    await select.selectOption('rejected-by-policy');
    const shown = page.locator('[id$="-loginUser"] tr.response[data-code="403"]');
    await expect.poll(() => shown.textContent()).toContain('"Rejected by the identity provider"');
  });

  it('links to the problems and back, and highlights the linked one', async () => {
    await page.locator('header nav a', { hasText: 'Problems' }).click();
    await page.locator('.contents a', { hasText: 'wrong-password' }).click();
    expect(new URL(page.url()).hash).toBe('#wrong-password');
    expect(await page.locator('section:target strong').textContent()).toBe('403 Wrong current password.');
    await page.goBack();
    await page.goBack();
    await expect.poll(() => page.locator('.opblock').count(), { timeout: 10_000 }).toBe(operationCount);
  });

  it.each(['/docs', '/problems'])('%s fits a narrow screen, and follows the system’s dark mode', async (path) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.goto(baseUrl + path, { waitUntil: 'networkidle' });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(28, 32, 34)');
    const ink = await page.evaluate("getComputedStyle(document.querySelector('h1, h2')).color");
    expect(ink).toMatch(/^rgb\(2\d\d, 2\d\d, 2\d\d\)$/);
  });

  it('shows the keyboard focus', async () => {
    await page.keyboard.press('Tab');
    expect(await page.evaluate('getComputedStyle(document.activeElement).outline')).toMatch(/ solid 3px$/);
  });

  it.each(['/', '/docs', '/docs/'])('lists and calls every operation under a path, from %s', async (path) => {
    const under = await pathProxy();
    const other = await browser.newPage();
    onTestFinished(() => other.close());
    await other.goto(under + path, { waitUntil: 'networkidle' });
    await expect.poll(() => other.locator('.opblock').count(), { timeout: 10_000 }).toBe(operationCount);
    const operation = other.locator('[id$="-getHealth"]');
    await operation.locator('.opblock-summary-control').click();
    await operation.locator('button.execute').click();
    const status = operation.locator('.live-responses-table tbody .response-col_status').first();
    expect(await status.textContent()).toContain('200');
    expect(await operation.locator('.request-url').textContent()).toContain(`${under}/health`);
    await other.locator('header nav a', { hasText: 'Problems' }).click();
    expect(other.url()).toBe(`${under}/problems`);
    expect(await other.locator('h1').count()).toBe(1);
  });

  it('calls the server it came from, even if the document has another URL', async () => {
    const configured = await startServer({}, { publicUrl: 'https://chat.example.com' });
    const other = await browser.newPage();
    onTestFinished(() => other.close());
    await other.goto(`${configured}/docs`, { waitUntil: 'networkidle' });
    const operation = other.locator('[id$="-getHealth"]');
    await operation.locator('.opblock-summary-control').click();
    await operation.locator('button.execute').click();
    const status = operation.locator('.live-responses-table tbody .response-col_status').first();
    expect(await status.textContent()).toContain('200');
    expect(await operation.locator('.request-url').textContent()).toContain(`${configured}/health`);
  });

  it('complies with its content security policy, and calls no other server', () => {
    expect(violations).toEqual([]);
    expect(foreignRequests).toEqual([]);
  });
});
