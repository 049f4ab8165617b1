/** Attacks in a real browser: pages on another port and on another site, while the victim is logged in. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, it, type TestContext } from 'vitest';
import { chromiumPath, launchChromium } from '../support/browser/chromium.ts';
import { newCredentials } from '../support/requests/client.ts';
import { startServer } from '../support/servers/server.ts';

const baseUrl = await startServer();

/** An attacker's page for each attack; each makes the browser send a request to `TARGET`. */
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

describe.runIf(chromiumPath)('a cross-origin page changes nothing', () => {
  let browser: Browser;
  let attackerPort: number;

  const attacker = createServer((req, res) => {
    const { attack = '' } = Object.fromEntries(new URL(req.url ?? '', 'http://attacker').searchParams);
    const body = ATTACKS[attack as keyof typeof ATTACKS]?.replaceAll('TARGET', baseUrl) ?? '';
    res.writeHead(200, { 'Content-Type': 'text/html' }).end(`<!doctype html>${body}`);
  });

  beforeAll(async () => {
    attacker.listen(0, '127.0.0.1');
    await once(attacker, 'listening');
    attackerPort = (attacker.address() as AddressInfo).port;
    browser = await launchChromium();
    return () => browser.close();
  });
  afterAll(() => void attacker.close());

  /** A user with their own browser, who has logged in and sent a message. */
  async function newVictim(onTestFinished: TestContext['onTestFinished']) {
    const context = await browser.newContext();
    onTestFinished(() => context.close());
    const page = await context.newPage();
    await page.goto(`${baseUrl}/problems`);

    /** Calls the API from one of its own pages. */
    const call = (method: string, path: string, json?: unknown): Promise<{ status: number; body: unknown }> =>
      page.evaluate(
        async ([url, init]) => {
          const response = await fetch(url, init);
          return { status: response.status, body: await response.json() };
        },
        [
          baseUrl + path,
          { method, headers: { 'content-type': 'application/json' }, ...(json ? { body: JSON.stringify(json) } : {}) },
        ] as const,
      );

    const credentials = newCredentials();
    for (const [path, body] of [
      ['/users/register', credentials],
      ['/users/login', credentials],
      ['/messages', { content: 'canary of the victim' }],
    ] as const) {
      const response = await call('POST', path, body);
      if (response.status > 201) throw new Error(`${path}: ${JSON.stringify(response)}`);
    }
    return { context, call };
  }

  describe.concurrent.each([
    ['another port, to which the browser sends the cookies', '127.0.0.1'],
    ['another site', 'localhost'],
  ])('from %s', (_label, host) => {
    it.for(Object.keys(ATTACKS))('by %s', async (attack, { expect, onTestFinished }) => {
      const victim = await newVictim(onTestFinished);
      const before = await victim.call('GET', '/messages');
      expect(before.status).toBe(200);
      const page = await victim.context.newPage();
      const isAttack = (sent: { url(): string }) => sent.url().startsWith(baseUrl);
      const ended = Promise.race([page.waitForResponse(isAttack), page.waitForEvent('requestfailed', isAttack)]);
      await page.goto(`http://${host}:${attackerPort}/?attack=${encodeURIComponent(attack)}`);
      await ended;
      expect(await victim.call('GET', '/messages')).toEqual(before);
    });
  });
});
