import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { document } from '@async-chatbot/api-spec';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loggedIn } from '../support/requests/client.ts';
import { startServer } from '../support/servers/server.ts';

const baseUrl = await startServer();
const { host } = new URL(baseUrl);
const CONFIGURED = 'https://example.com/chat';
const configured = await startServer({}, { publicUrl: CONFIGURED });
const secure = await startServer({}, { cookies: { secure: true, sameSite: 'none' } });

/** Sends any headers, such as a forged Host. */
const get = (url: string, headers: Record<string, string> = {}) =>
  new Promise<{ text: string; headers: Record<string, unknown> }>((resolve, reject) => {
    const sent = request(url, { headers }, async (response) => {
      let text = '';
      for await (const part of response) text += part;
      resolve({ text, headers: response.headers });
    });
    sent.on('error', reject).end();
  });

const serverOf = async (url: string, headers?: Record<string, string>): Promise<string> =>
  JSON.parse((await get(`${url}/openapi.json`, headers)).text).servers[0].url;

describe('the server URL in the document', () => {
  it.each([host, 'localhost', 'localhost:8123', 'LOCALHOST:80', '127.0.0.1', '127.8.9.1:65535', '[::1]', '[::1]:8000'])(
    'is that of %s if the host is loopback',
    async (name) => {
      expect(await serverOf(baseUrl, { host: name })).toBe(`http://${name.toLowerCase()}`);
    },
  );

  it.each([
    'example.com',
    'localhost.evil.com',
    'evil.com#localhost',
    'localhost:80/x',
    'localhost:80?x',
    'localhost:',
    'localhost:99999',
    'localhost:8000:8000',
    '127.0.0.1@evil.com',
    '127.0.0.1.evil.com',
    '127.0.0.999',
    '127.1',
    '0.0.0.0',
    '[::1]evil.com',
    '[::2]',
    'user@localhost',
    'localhost"',
    'localhost, evil.com',
  ])('is relative for %s, which is not repeated', async (name) => {
    const { text } = await get(`${baseUrl}/openapi.json`, { host: name });
    expect(JSON.parse(text).servers[0].url).toBe('.');
    if (name.includes('evil')) expect(text).not.toContain('evil');
  });

  it.each(['x-forwarded-for', 'x-forwarded-host', 'forwarded', 'via'])(
    'is relative behind a proxy, as indicated by %s, since only the proxy knows the path prefix',
    async (name) => {
      expect(await serverOf(baseUrl, { [name]: '127.0.0.1' })).toBe('.');
    },
  );

  it('is PUBLIC_URL, whatever the Host header', async () => {
    for (const name of ['localhost:8000', 'evil.com']) {
      const { text, headers } = await get(`${configured}/openapi.json`, { host: name });
      expect(JSON.parse(text).servers[0].url).toBe(CONFIGURED);
      expect(text).toContain(`curl -sN ${CONFIGURED}/messages`);
      expect(text).not.toContain('localhost:8000');
      expect(headers.vary).toBeUndefined();
    }
  });

  it('is absolute in the repository, for tools', () => {
    expect(document.servers[0]?.url).toBe('http://localhost:8000');
  });
});

describe('the document', () => {
  it.each([baseUrl, configured, secure])('is the same in YAML, including comments (%#)', async (url) => {
    for (const name of ['localhost:8123', 'example.com']) {
      const [yaml, json] = await Promise.all(
        ['yaml', 'json'].map((format) => get(`${url}/openapi.${format}`, { host: name })),
      );
      expect(parse(yaml?.text ?? '')).toEqual(JSON.parse(json?.text ?? ''));
      const source = await readFile(new URL(import.meta.resolve('@async-chatbot/api-spec/openapi.yaml')), 'utf8');
      const comments = (text = '') => text.match(/^ *#.*$/gm);
      expect(comments(yaml?.text)).toEqual(comments(source));
    }
  });

  it('has an ETag per server URL, and a Vary header', async () => {
    const responses = await Promise.all(
      ['localhost:1', 'localhost:2', 'example.com', 'localhost:1'].map((name) =>
        get(`${baseUrl}/openapi.json`, { host: name }),
      ),
    );
    const etags = responses.map(({ headers }) => headers.etag);
    expect(new Set(etags).size).toBe(3);
    expect(etags[3]).toBe(etags[0]);
    for (const { headers } of responses) expect(headers.vary).toBe('Host');
  });

  it('has the names of the server’s cookies', async () => {
    const { jar, call } = await loggedIn(baseUrl);
    const { text } = await get(`${baseUrl}/openapi.json`);
    const served = JSON.parse(text) as typeof document;
    expect([...jar.keys()]).toContain(served.components.securitySchemes.accessCookie.name);
    expect(text).not.toMatch(/__Host-(?:access|refresh)_token|; Secure/);
    expect(served.components.headers.SessionCookies.example).toMatch(/^access_token=.*; HttpOnly; SameSite=Lax$/);

    const cookie = `${served.components.securitySchemes.accessCookie.name}=${jar.get('access_token')}`;
    jar.clear();
    expect((await call('GET', '/users/me', { headers: { cookie } })).status).toBe(200);
  });

  it('has the names of the cookies in production, also for cross-site pages', async () => {
    const served = JSON.parse((await get(`${secure}/openapi.json`)).text) as typeof document;
    expect(served.components.securitySchemes.accessCookie.name).toBe('__Host-access_token');
    expect(served.components.headers.SessionCookies.example).toMatch(
      /^__Host-access_token=.*; HttpOnly; Secure; SameSite=None$/,
    );
  });
});
