/** The mock server on a page, where scripts cannot read `Set-Cookie` and a policy forbids `eval`. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, launchChromium } from '../support/chromium.ts';
import { CREDENTIALS } from '../support/mock-session.ts';

const POLICY = "default-src 'none'; script-src 'self'; worker-src 'self'";

if (!chromiumPath) process.stderr.write('SKIPPED: the mock server in a browser. Chromium is not installed.\n');

describe.runIf(chromiumPath)('the mock server in a browser', () => {
  let page: Page;

  beforeAll(async () => {
    const code = await bundle();
    const server = createServer(({ url }, res) => {
      const isPage = url === '/';
      res.setHeader('content-type', isPage ? 'text/html' : 'text/javascript');
      res.setHeader('content-security-policy', POLICY).end(isPage ? '<script src="/page.js"></script>' : code);
    }).listen(0, '127.0.0.1');
    const browser = await launchChromium();
    page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    afterAll(async () => {
      await browser.close();
      server.close();
    });
  }, 60_000);

  it.each(['on a page', 'in a worker'])('stores the cookies of a session %s', async (where) => {
    const seen = where === 'on a page' ? page.evaluate('journey()') : page.evaluate(IN_WORKER);
    expect(await seen).toEqual({
      canEvaluateCode: false,
      email: CREDENTIALS.email,
      text: 'Hello Ada!',
      afterExpiry: CREDENTIALS.email,
      otherClient: CREDENTIALS.email,
      withoutCookies: 401,
      seen: where === 'on a page' ? '' : undefined,
      afterLogout: 'unauthenticated',
    });
  });
});

const IN_WORKER = `new Promise((resolve, reject) => {
  const worker = new Worker('/worker.js');
  worker.onmessage = ({ data }) => resolve(data);
  worker.onerror = ({ message }) => reject(new Error(message));
  worker.postMessage('go');
})`;

/** Bundles a script that defines `journey`, and in a worker runs it on a message. */
async function bundle(): Promise<string> {
  const contents = `
    import { createClient } from './src/index.ts';
    import { createMockServer } from './src/testing/index.ts';

    globalThis.journey = async function journey() {
      const server = createMockServer();
      const user = ${JSON.stringify(CREDENTIALS)};
      server.addUser(user);
      const client = createClient({ baseUrl: server.baseUrl, fetch: server.fetch });
      await client.users.login(user);
      const { email } = await client.users.me();
      server.reply('Hello', ' Ada!');
      const text = await client.messages.stream({ content: 'canary' }).text();
      server.expireSessions();
      const afterExpiry = (await client.users.me()).email;
      const other = createClient({ baseUrl: server.baseUrl, fetch: server.fetch });
      const otherClient = (await other.users.me()).email;
      const { status } = await server.fetch(server.baseUrl + '/users/me', { credentials: 'omit' });
      await client.users.logout();
      const { code } = await client.users.me().catch((error) => error);
      const seen = globalThis.document?.cookie;
      return { canEvaluateCode: canEvaluateCode(), email, text, afterExpiry, otherClient, withoutCookies: status, seen, afterLogout: code };
    };

    function canEvaluateCode() {
      try {
        return Boolean(new Function('return true')());
      } catch {
        return false;
      }
    }

    if (!globalThis.document) onmessage = async () => postMessage(await journey());
  `;
  const resolveDir = new URL('../..', import.meta.url).pathname;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
  });
  return outputFiles[0]?.text ?? '';
}
