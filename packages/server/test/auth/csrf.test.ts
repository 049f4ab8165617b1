/** Real attacks in a real browser: pages of another port and of another site, while the victim is logged in. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, launchChromium } from '../support/chromium.ts';
import { newCredentials } from '../support/client.ts';
import { startServer } from '../support/server.ts';

const baseUrl = await startServer();

/** What an attacker's page does to `target`; every one of them makes the browser send a request by itself. */
const ATTACKS = {
  'a form that logs out': `<form id="f" method="post" action="TARGET/users/logout"></form><script>f.submit()</script>`,
  'a form whose text is JSON': `<form id="f" method="post" enctype="text/plain" action="TARGET/messages">
    <input name='{"content":"canary evil","x":"' value='"}'></form><script>f.submit()</script>`,
  'a Blob without a type': `<script>fetch('TARGET/messages', { method: 'POST', mode: 'no-cors', credentials: 'include',
    body: new Blob(['{"content":"canary evil"}']) })</script>`,
  'JSON with cookies': `<script>fetch('TARGET/messages', { method: 'POST', credentials: 'include',
    headers: { 'content-type': 'application/json' }, body: '{"content":"canary evil"}' }).catch(() => 0)</script>`,
  'a beacon': `<script>navigator.sendBeacon('TARGET/users/logout')</script>`,
  'an image': `<img src="TARGET/users/logout">`,
  'an EventSource': `<script>new EventSource('TARGET/messages', { withCredentials: true })</script>`,
};

describe.runIf(chromiumPath)('a page of another origin changes nothing', () => {
  let context: BrowserContext;
  let victim: Page;
  let attackerPort: number;

  const attacker = createServer((req, res) => {
    const { attack = '' } = Object.fromEntries(new URL(req.url ?? '', 'http://attacker').searchParams);
    const body = ATTACKS[attack as keyof typeof ATTACKS]?.replaceAll('TARGET', baseUrl) ?? '';
    res.writeHead(200, { 'Content-Type': 'text/html' }).end(`<!doctype html>${body}`);
  });

  /** Calls the API as its own pages do. */
  const asVictim = (method: string, path: string, json?: unknown): Promise<{ status: number; body: unknown }> =>
    victim.evaluate(
      async ([url, init]) => {
        const response = await fetch(url, init);
        return { status: response.status, body: await response.json() };
      },
      [
        baseUrl + path,
        { method, headers: { 'content-type': 'application/json' }, ...(json ? { body: JSON.stringify(json) } : {}) },
      ] as const,
    );

  beforeAll(async () => {
    attacker.listen(0, '127.0.0.1');
    await once(attacker, 'listening');
    attackerPort = (attacker.address() as AddressInfo).port;
    const browser = await launchChromium();
    context = await browser.newContext();
    victim = await context.newPage();
    await victim.goto(`${baseUrl}/problems`);
    const credentials = newCredentials();
    await asVictim('POST', '/users/register', credentials);
    await asVictim('POST', '/users/login', credentials);
    await asVictim('POST', '/messages', { content: 'canary of the victim' });
    return () => browser.close();
  });
  afterAll(() => void attacker.close());

  describe.each([
    ['another port, to which the browser sends the cookies', '127.0.0.1'],
    ['another site', 'localhost'],
  ])('from %s', (_words, host) => {
    it.each(Object.keys(ATTACKS))('by %s', async (attack) => {
      const before = await asVictim('GET', '/messages');
      const page = await context.newPage();
      const answered = page.waitForResponse((response) => response.url().startsWith(baseUrl), { timeout: 1500 });
      await page.goto(`http://${host}:${attackerPort}/?attack=${encodeURIComponent(attack)}`);
      // An answer to the attack, or a browser that did not even ask.
      await answered.catch(() => undefined);
      await page.close();
      expect(await asVictim('GET', '/messages')).toEqual(before);
      expect(before.status).toBe(200);
    });
  });
});
