/** Access tokens that are too long for one cookie, such as those of a user with many groups. */
import type { Identity, Session } from '@async-chatbot/core/ports/identity';
import { describe, expect, it, onTestFinished } from 'vitest';
import { chromiumPath, launchChromium } from '../support/browser/chromium.ts';
import { connect, loggedIn, newCredentials } from '../support/requests/client.ts';
import { rawRequest } from '../support/requests/raw-request.ts';
import { startServer, testDeps } from '../support/servers/server.ts';

/** The longest part of a token in one cookie. */
const PART = 3900;

const { identity } = testDeps();
let padding = 0;

/** Tokens of any length, which the pool's tokens start with. */
const long = (session: Session): Session => ({
  ...session,
  accessToken: session.accessToken?.padEnd(padding, '.canary'),
});
const short = (session: Session): Session => ({
  ...session,
  accessToken: session.accessToken?.split('.').slice(0, 3).join('.'),
});

const longTokens: Identity = {
  ...identity,
  login: async (credentials) => long(await identity.login(credentials)),
  refresh: async (session) => long(await identity.refresh(short(session))),
  verify: (session) => {
    // A token whose parts are mixed up, or incomplete, would not have a valid signature.
    expect(session.accessToken).toBe(long(short(session)).accessToken);
    return identity.verify(short(session));
  },
  logout: (session) => identity.logout(short(session)),
  emailOf: (session) => identity.emailOf(short(session)),
  async changePassword(session, change) {
    const changed = await identity.changePassword(short(session), change);
    return changed && long(changed);
  },
};
const baseUrl = await startServer({ identity: longTokens });

async function loggedInWith(length: number) {
  padding = length;
  return loggedIn(baseUrl);
}

const namesIn = (jar: Map<string, string>): string[] => [...jar.keys()].sort();

describe('a long access token', () => {
  it.each([
    [PART, []],
    [PART + 1, ['access_token.1']],
    [4312, ['access_token.1']],
    [2 * PART, ['access_token.1']],
    [3 * PART, ['access_token.1', 'access_token.2']],
  ])('of %i characters is stored in cookies that browsers accept', async (length, more) => {
    const ada = await loggedInWith(length);
    expect(namesIn(ada.jar)).toEqual(['access_token', ...more, 'refresh_token']);
    for (const [name, value] of ada.jar) expect(name.length + value.length).toBeLessThanOrEqual(4096);
    expect((await ada.call('GET', '/users/me')).status).toBe(200);
    expect((await ada.call('POST', '/users/refresh')).status).toBe(200);
    const { password } = ada.credentials;
    const json = { current_password: password, new_password: `${password}-2` };
    expect((await ada.call('PUT', '/users/me/password', { json })).status).toBe(200);
    expect((await ada.call('GET', '/users/me')).status).toBe(200);
    expect((await ada.call('POST', '/users/logout')).status).toBe(200);
    expect(namesIn(ada.jar)).toEqual([]);
  });

  it('is replaced by a short one, and vice versa', async () => {
    const ada = await loggedInWith(3 * PART);
    for (const [length, more] of [
      [PART + 1, ['access_token.1']],
      [0, []],
      [2 * PART, ['access_token.1']],
    ] as const) {
      padding = length;
      expect((await ada.call('POST', '/users/refresh')).status).toBe(200);
      expect(namesIn(ada.jar)).toEqual(['access_token', ...more, 'refresh_token']);
      expect((await ada.call('GET', '/users/me')).status).toBe(200);
    }
  });

  it('ignores a cookie left over from a longer token', async () => {
    const ada = await loggedInWith(0);
    ada.jar.set('access_token.1', 'canary');
    expect((await ada.call('GET', '/users/me')).status).toBe(200);
    await ada.call('POST', '/users/logout');
    expect(namesIn(ada.jar)).toEqual([]);
  });

  it('400 for two cookies with the rest of it', async () => {
    const ada = await loggedInWith(4312);
    const cookie = [...ada.jar, ['access_token.1', 'canary']].map((pair) => pair.join('=')).join('; ');
    const response = await rawRequest(
      baseUrl,
      `GET /users/me HTTP/1.1\r\nHost: a\r\nConnection: close\r\nCookie: ${cookie}\r\n\r\n`,
    );
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('two cookies named access_token.1');
  });

  it('503 without cookies if it is too long for three', async () => {
    padding = 3 * PART + 1;
    const { call, jar } = connect(baseUrl);
    const json = newCredentials();
    await call('POST', '/users/register', { json });
    const { status, body, headers } = await call('POST', '/users/login', { json });
    expect([status, body.code]).toEqual([503, 'service-unavailable']);
    expect(body.detail).toMatch(/too long for cookies/);
    expect(headers.getSetCookie()).toEqual([]);
    expect(namesIn(jar)).toEqual([]);
  });

  it('503 for a refresh that would make it too long, without ending the session', async () => {
    const ada = await loggedInWith(0);
    padding = 3 * PART + 1;
    expect((await ada.call('POST', '/users/refresh')).status).toBe(503);
    padding = 0;
    expect((await ada.call('GET', '/users/me')).status).toBe(200);
  });
});

describe.runIf(chromiumPath)('a browser', () => {
  it.each([4312, 3 * PART])('stores an access token of %i characters', async (length) => {
    padding = length;
    const browser = await launchChromium();
    onTestFinished(() => browser.close());
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${baseUrl}/problems`);
    const post = (path: string, json: object = {}) =>
      page.evaluate(
        async ([url, body]) => {
          const headers = { 'content-type': 'application/json' };
          return (await fetch(url, { method: 'POST', headers, body })).status;
        },
        [path, JSON.stringify(json)] as const,
      );
    const me = () => page.evaluate(async () => (await fetch('/users/me')).status);
    const credentials = newCredentials();
    await post('/users/register', credentials);
    expect(await post('/users/login', credentials)).toBe(200);
    expect(await me()).toBe(200);
    expect(await page.evaluate(async () => (await fetch('/users/refresh', { method: 'POST' })).status)).toBe(200);
    expect(await me()).toBe(200);
    expect(await page.evaluate(async () => (await fetch('/users/logout', { method: 'POST' })).status)).toBe(200);
    expect(await me()).toBe(401);
    expect(await context.cookies()).toEqual([]);
  });
});
