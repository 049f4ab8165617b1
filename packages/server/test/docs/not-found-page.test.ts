import { describe, expect, it } from 'vitest';
import { http, rawRequest } from '../support/requests/raw-request.ts';
import { startServer } from '../support/servers/server.ts';

const baseUrl = await startServer();

/** The Accept header of a navigation in Chromium. */
const NAVIGATION =
  'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7';

const get = (path: string, accept = NAVIGATION, method = 'GET') =>
  fetch(baseUrl + path, { method, headers: { accept }, redirect: 'manual' });

const linksIn = (html: string, url: string) =>
  [...html.matchAll(/href="([^"]+)"/g)].map(([, href = '']) => new URL(href, url).href);

describe('the page for unknown paths', () => {
  it.each(['/x', '/x/', '/docs/x', '/problems/x', '/messages/a/b/c', '//x'])(
    '404 with links that work from %s',
    async (path) => {
      const response = await get(path);
      expect([response.status, response.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
      const links = linksIn(await response.text(), baseUrl + path);
      expect(links).toEqual(
        expect.arrayContaining([`${baseUrl}/docs`, `${baseUrl}/problems`, `${baseUrl}/docs/page.css`]),
      );
    },
  );

  it('404 with the headers of a page, and Cache-Control: no-store', async () => {
    const [response, docs] = await Promise.all([get('/x'), get('/docs')]);
    const { headers } = response;
    expect(headers.get('content-security-policy')).toBe(docs.headers.get('content-security-policy'));
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
    expect(headers.get('content-length')).toBe(`${(await response.bytes()).length}`);
  });

  it('404 for HEAD with the headers of GET', async () => {
    const [head, page] = await Promise.all([get('/x', NAVIGATION, 'HEAD'), get('/x')]);
    expect(head.status).toBe(404);
    expect(await head.text()).toBe('');
    const comparable = ({ headers }: Response) =>
      [...headers].filter(([name]) => !['date', 'x-request-id', 'connection', 'keep-alive'].includes(name));
    expect(comparable(head)).toEqual(comparable(page));
  });

  it('404 without any part of the path, and no larger for a long one', async () => {
    const html = await (await get('/%3Cscript%3E')).text();
    expect(html).not.toMatch(/script/i);
    expect((await (await get(`/${'/'.repeat(8000)}`)).text()).length).toBeLessThan(3000);
  });

  it('404 for a target that is not a path', async () => {
    const text = await (
      await rawRequest(baseUrl, http('OPTIONS * HTTP/1.1', 'Host: x', 'Accept: text/html', 'Connection: close'))
    ).text();
    expect(text).toContain('href="docs"');
  });
});

describe('the problem document for unknown paths', () => {
  it.each([
    '*/*',
    'application/json',
    'application/problem+json',
    'application/json, text/plain, */*',
    'application/json, text/html;q=0.9',
    'text/event-stream',
    'image/png',
    'text/html;q=0',
  ])('404 for Accept: %s', async (accept) => {
    const response = await get('/x', accept);
    expect([response.status, response.headers.get('content-type')]).toEqual([404, 'application/problem+json']);
    expect(await response.json()).toMatchObject({ code: 'not-found' });
  });

  it('404 without Accept', async () => {
    const response = await rawRequest(baseUrl, http('GET /x HTTP/1.1', 'Host: x', 'Connection: close'));
    expect(await response.json()).toMatchObject({ code: 'not-found' });
  });

  it('is also sent to browsers if the path is known', async () => {
    for (const [path, status] of [
      ['/users/login', 405],
      ['/messages', 401],
    ] as const) {
      const response = await get(path);
      expect([response.status, response.headers.get('content-type')]).toEqual([status, 'application/problem+json']);
    }
  });
});
