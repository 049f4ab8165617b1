/** The SDK on a page of the API's own origin: the browser stores the session, which scripts cannot read. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { chromiumPath, launchChromium } from '../support/browser/chromium.ts';
import { newCredentials } from '../support/requests/client.ts';
import { bundledSdk } from '../support/sdk/bundled-sdk.ts';
import { startServer } from '../support/servers/server.ts';

const baseUrl = await startServer();

/** Runs in the page. */
const JOURNEY = `(async (credentials) => {
  const client = sdk.createClient({ baseUrl: '/' });
  await client.users.register(credentials);
  await client.users.login(credentials);
  const { bot_response } = await client.messages.send({ content: 'canary hello' });
  const { email } = await client.users.me();
  await client.users.logout();
  const refused = await client.users.me().catch((error) => error);
  return { reply: bot_response.content, email, code: refused.code, cookies: document.cookie };
})`;

describe.runIf(chromiumPath)('the SDK in a browser', () => {
  it('logs in, sends a message and logs out, with HttpOnly cookies', async () => {
    const browser = await launchChromium();
    onTestFinished(() => browser.close());
    const page = await browser.newPage();
    await page.goto(`${baseUrl}/problems`);
    const credentials = newCredentials();
    const result = await page.evaluate(`${await bundledSdk()};${JOURNEY}(${JSON.stringify(credentials)})`);
    expect(result).toEqual({
      reply: expect.stringMatching(/^Hello!/),
      email: credentials.email,
      code: 'unauthenticated',
      cookies: '',
    });
  });
});
