/** The exact headers of every class of route. */
import { expect, it } from 'vitest';
import { loggedIn, sendMessage } from '../support/requests/client.ts';
import { startServer } from '../support/servers/server.ts';

const ORIGIN = 'https://chat.example.com';
const baseUrl = await startServer({}, { corsOrigins: [ORIGIN, 'https://admin.example.com'] });
const ada = await loggedIn(baseUrl);
const cookie = [...ada.jar].map(([name, value]) => `${name}=${value}`).join('; ');

/** These differ between responses or describe the connection. */
const VARIABLE = ['connection', 'content-length', 'date', 'etag', 'keep-alive', 'transfer-encoding', 'x-request-id'];

async function headersOf(path: string, init: RequestInit = {}): Promise<Record<string, string>> {
  const response = await fetch(baseUrl + path, { redirect: 'manual', ...init });
  await response.arrayBuffer();
  return Object.fromEntries([...response.headers].filter(([name]) => !VARIABLE.includes(name)));
}

/** The headers of every response. */
const ALWAYS = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  vary: 'Origin',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-frame-options': 'SAMEORIGIN',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
  'access-control-allow-credentials': 'true',
  'access-control-expose-headers': 'X-Request-Id,Retry-After,RateLimit,RateLimit-Policy,ETag',
};

/** The headers of private data, which is not a page. */
const DATA = {
  ...ALWAYS,
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none';frame-ancestors 'none'",
};

/** The headers of a stream, which a proxy must not buffer to compress it. */
const STREAM = { ...DATA, 'cache-control': 'no-store, no-transform' };

const PAGE = {
  ...ALWAYS,
  'content-security-policy':
    "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;connect-src 'self';base-uri 'none';" +
    "form-action 'none';frame-ancestors 'none'",
};

it.each([
  ['/health', { ...DATA, 'content-type': 'application/json' }],
  ['/users/me', { ...DATA, 'content-type': 'application/json' }],
  ['/messages', { ...DATA, 'content-type': 'application/json' }],
  [
    '/users/me/export',
    {
      ...STREAM,
      'content-type': 'application/x-ndjson',
      ratelimit: expect.stringMatching(/^"user";r=\d+;t=\d+$/),
      'ratelimit-policy': expect.stringMatching(/^"user";q=\d+;w=60$/),
    },
  ],
  ['/messages?limit=0', { ...DATA, 'content-type': 'application/problem+json' }],
  ['/nowhere', { ...DATA, 'content-type': 'application/problem+json' }],
])('%s has the headers of data', async (path, headers) => {
  expect(await headersOf(path, { headers: { cookie } })).toEqual(headers);
});

it.each([
  ['/docs', 'text/html; charset=utf-8'],
  ['/problems', 'text/html; charset=utf-8'],
  ['/docs/start.js', 'text/javascript; charset=utf-8'],
  ['/docs/page.css', 'text/css; charset=utf-8'],
  ['/docs/swagger-ui.css', 'text/css; charset=utf-8'],
])('%s has the headers of a page', async (path, type) => {
  expect(await headersOf(path)).toEqual({ ...PAGE, 'content-type': type });
});

it('events have the headers of a stream', async () => {
  const path = `/messages/${(await sendMessage(ada)).user_message.id_message}/events`;
  const headers = { ...STREAM, 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' };
  expect(await headersOf(path, { headers: { cookie } })).toEqual(headers);
  expect(await headersOf(path, { headers: { cookie }, method: 'HEAD' })).toEqual(headers);
});

it('a 401 has WWW-Authenticate', async () => {
  expect(await headersOf('/users/me')).toEqual({
    ...DATA,
    'content-type': 'application/problem+json',
    'www-authenticate': 'Bearer realm="async-chatbot"',
  });
});

it('only a configured origin is allowed', async () => {
  const headersFor = (origin: string) => headersOf('/health', { headers: { origin } });
  expect((await headersFor(ORIGIN))['access-control-allow-origin']).toBe(ORIGIN);
  expect((await headersFor('https://admin.example.com'))['access-control-allow-origin']).toBe(
    'https://admin.example.com',
  );
  expect((await headersFor('https://evil.example'))['access-control-allow-origin']).toBeUndefined();
});

it('a preflight response for a configured origin may be cached for ten minutes', async () => {
  const headers = {
    origin: ORIGIN,
    'access-control-request-method': 'PUT',
    'access-control-request-headers': 'content-type',
  };
  expect(await headersOf('/messages', { method: 'OPTIONS', headers })).toMatchObject({
    'access-control-allow-origin': ORIGIN,
    'access-control-allow-credentials': 'true',
    'access-control-allow-headers': 'content-type',
    'access-control-max-age': '600',
    vary: 'Origin, Access-Control-Request-Headers',
  });
});
