/** The API under a path prefix that nginx strips, in a browser. */
import { operations } from '@async-chatbot/api-spec/operations';
import type { Browser, Page } from 'playwright-core';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { chromiumPath, launchChromium } from '../support/browser/chromium.ts';
import { newCredentials } from '../support/requests/client.ts';
import { bundledSdk } from '../support/sdk/bundled-sdk.ts';
import { startServer } from '../support/servers/server.ts';
import { nginx, nginxInFrontOf } from './nginx.ts';

const PUBLIC_URL = 'https://example.com/chat';
const plain = await startServer();
const configured = await startServer({}, { publicUrl: PUBLIC_URL });

/** Runs in the page. */
const JOURNEY = `(async (baseUrl, credentials) => {
  const client = sdk.createClient({ baseUrl });
  await client.users.register(credentials);
  await client.users.login(credentials);
  const text = await client.messages.stream({ content: 'canary hello' }).text();
  const [reply] = await client.messages.list().toArray();
  const source = new EventSource(baseUrl.replace(/\\/$/, '') + '/messages/' + reply.id_message + '/events');
  const data = await new Promise((resolve, reject) => {
    source.addEventListener('reply-completed', (event) => resolve(event.data));
    source.addEventListener('error', reject);
  });
  source.close();
  const ended = JSON.parse(data).bot_response.content === text;
  await client.users.logout();
  const refused = await client.users.me().catch((error) => error);
  return { text, ended, code: refused.code };
})`;

describe.runIf(nginx && chromiumPath).each([
  ['without PUBLIC_URL', plain],
  ['with PUBLIC_URL', configured],
])('under /chat/, %s', (_, upstream) => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
    return () => browser.close();
  });

  async function open(path: string) {
    const root = await nginxInFrontOf(`${upstream}/`, '/chat/');
    const context = await browser.newContext();
    onTestFinished(() => context.close());
    const page = await context.newPage();
    const failed: string[] = [];
    page.on('response', (response) => {
      if (response.status() >= 400) failed.push(response.url());
    });
    await page.goto(root + path, { waitUntil: 'networkidle' });
    return { root, page, context, failed };
  }

  async function tryOut(page: Page, operationId: string, body?: unknown) {
    const operation = page.locator(`[id$="-${operationId}"]`);
    await operation.locator('.opblock-summary-control').click();
    if (body) await operation.locator('textarea.body-param__text').fill(JSON.stringify(body));
    await operation.locator('button.execute').click();
    // Waits for the response, which comes with the commands.
    const status = await operation.locator('.live-responses-table tbody .response-col_status').first().textContent();
    const text = (await operation.textContent()) ?? '';
    const commands = [...text.matchAll(/\bhttps?:\/\/(?:localhost|127\.|example\.com)[^\s'"]*?(?=\/messages|')/g)].map(
      ([url]) => url,
    );
    return { status, commands };
  }

  it('the root leads to the page, which shows and calls every operation', async () => {
    const { root, page, context, failed } = await open('/chat/');
    expect(page.url()).toBe(`${root}/chat/docs`);
    await expect.poll(() => page.locator('.opblock').count(), { timeout: 10_000 }).toBe(Object.keys(operations).length);
    const credentials = newCredentials();
    expect((await tryOut(page, 'registerUser', credentials)).status).toContain('201');
    expect((await tryOut(page, 'loginUser', credentials)).status).toContain('200');
    const sent = await tryOut(page, 'sendMessage', { content: 'canary hello' });
    expect(sent.status).toContain('201');
    expect(sent.commands).toEqual(sent.commands.map(() => `${root}/chat`));
    expect(sent.commands.length).toBeGreaterThan(2);
    expect((await context.cookies()).map((cookie) => cookie.path)).toEqual(['/', '/']);
    expect(failed).toEqual([]);
  }, 60_000);

  it('pages link to each other', async () => {
    const { root, page } = await open('/chat/docs/');
    expect(page.url()).toBe(`${root}/chat/docs`);
    await page.goto(`${root}/chat/problems/`);
    expect(page.url()).toBe(`${root}/chat/problems`);
    await page.goto(`${root}/chat/no/such/page`);
    await page.locator('article a', { hasText: 'API' }).click();
    expect(page.url()).toBe(`${root}/chat/docs`);
    for (const name of ['openapi.yaml', 'openapi.json', 'postman.json']) {
      const link = page.locator(`header a[href$="${name}"]`);
      expect(await link.evaluate((a) => (a as unknown as { href: string }).href)).toBe(`${root}/chat/${name}`);
    }
  });

  it('the document names a server that works', async () => {
    const root = await nginxInFrontOf(`${upstream}/`, '/chat/');
    const response = await fetch(`${root}/chat/openapi.json`);
    const { servers } = (await response.json()) as { servers: { url: string }[] };
    const expected = upstream === configured ? PUBLIC_URL : `${root}/chat/`;
    expect(servers.map(({ url }) => new URL(url, response.url).href)).toEqual([expected]);
  });

  it.each(['', '/'])('the SDK and EventSource work with the base URL /chat%s', async (end) => {
    const { page } = await open('/chat/problems');
    const input = `${JSON.stringify(`/chat${end}`)}, ${JSON.stringify(newCredentials())}`;
    const result = await page.evaluate(`${await bundledSdk()};${JOURNEY}(${input})`);
    expect(result).toEqual({ text: expect.stringMatching(/^Hello!/), ended: true, code: 'unauthenticated' });
  });
});
