import { gzipSync } from 'node:zlib';
import { operations } from '@async-chatbot/api-spec/operations';
import { describe, expect, it } from 'vitest';
import { callExpectingNoLeak, validationErrorsIn } from '../support/checks/no-leak.ts';
import { type BadBody, BODIES } from '../support/requests/bad-bodies.ts';
import { BAD_QUERIES } from '../support/requests/bad-queries.ts';
import { type CallOptions, connect, loggedIn, newCredentials, sendMessage } from '../support/requests/client.ts';
import { startServer } from '../support/servers/server.ts';

const baseUrl = await startServer();
const ada = await loggedIn(baseUrl);
const { user_message } = await sendMessage(ada);
const pathOf = (template: string) => template.replace(/\{\w+\}/, user_message.id_message);
const call = (method: string, path: string, options?: CallOptions) => callExpectingNoLeak(ada, method, path, options);
const anonymous = (method: string, path: string, options?: CallOptions) =>
  callExpectingNoLeak(connect(baseUrl), method, path, options);

const table = Object.values(operations);
const authenticated = Object.entries(operations).filter(([, operation]) => operation.isAuthenticated);

describe('paths and methods', () => {
  it.each(['/users', '/messages/a/b', '//messages', '/Messages', '/__proto__'])('404 for %s', async (path) => {
    for (const method of ['GET', 'POST', 'OPTIONS'])
      expect(await call(method, path)).toMatchObject({ status: 404, body: { code: 'not-found' } });
  });

  it.each([...new Set(table.map(({ path }) => path))])('405 for every other method on %s', async (path) => {
    const methods: string[] = table.filter((operation) => operation.path === path).map(({ method }) => method);
    const allowed = methods.includes('GET') ? [...methods, 'HEAD'] : methods;
    const others = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'QUERY'];
    for (const method of others.filter((other) => !allowed.includes(other))) {
      const { status, headers } = await ada.call(method, pathOf(path));
      expect(status, method).toBe(405);
      expect(headers.get('allow')?.split(', ').toSorted()).toEqual(allowed.toSorted());
    }
  });

  it.each(['/messages/%', '/messages/%E0%A4%A', '/messages/%zz/'])('400 for %s', async (path) => {
    const expected = {
      status: 400,
      body: { code: 'malformed-request', detail: 'The path cannot be decoded. Percent-encode it as UTF-8.' },
    };
    for (const method of ['PUT', 'DELETE'])
      expect(await call(method, path, { json: { content: 'canary' } })).toMatchObject(expected);
  });

  it('200 with and without a trailing slash, without a redirect', async () => {
    for (const path of ['/health', '/messages', '/users/me'])
      expect((await call('GET', `${path}/`)).body).toEqual((await call('GET', path)).body);
    expect((await call('GET', `/messages/?limit=1`)).body.messages).toHaveLength(1);
  });

  it.each(['200 /health', '200 /messages', '404 /users', '422 /messages?limit=0'])('%s for HEAD', async (title) => {
    const [status, path = ''] = title.split(' ');
    const get = await call('GET', path);
    const headers = { cookie: `access_token=${ada.jar.get('access_token')}` };
    const head = await fetch(baseUrl + path, { method: 'HEAD', headers });
    expect([head.status, get.status]).toEqual([Number(status), Number(status)]);
    expect(await head.text()).toBe('');
    for (const name of ['content-type', 'content-length']) expect(head.headers.get(name)).toBe(get.headers.get(name));
  });
});

describe('credentials', () => {
  it.each(authenticated)('401 for %s without a session or with an invalid one', async (_id, { method, path }) => {
    const invalid = ['Bearer canary', 'Bearer a.b.c', 'Basic Y2FuYXJ5', 'Bearer', 'canary'];
    const headers = [{}, ...invalid.map((authorization) => ({ authorization })), { cookie: 'access_token=canary' }];
    for (const one of headers) {
      const response = await anonymous(method, pathOf(path), { headers: one });
      expect(response).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
      expect(response.headers.get('www-authenticate')).toBe('Bearer realm="async-chatbot"');
    }
  });

  // cookie-parser would parse some of these as objects.
  it.each(['j:{"canary":1}', 'j:1', 'j%3A%5B%5D', 'j:null', 's:canary'])('401 for the cookie %s', async (value) => {
    const headers = { cookie: `access_token=${value}; refresh_token=${value}` };
    expect((await anonymous('GET', '/users/me', { headers })).status).toBe(401);
    expect((await anonymous('POST', '/users/logout', { headers })).status).toBe(200);
  });

  it.each(authenticated)('400 for %s with both a cookie and a bearer token', async (_id, { method, path }) => {
    const headers = { authorization: `Bearer ${ada.jar.get('access_token')}` };
    const response = await call(method, pathOf(path), { headers });
    expect(response).toMatchObject({ status: 400, body: { code: 'ambiguous-credentials' } });
  });
});

describe('bodies', () => {
  it.each(BODIES)('$status for $what', async ({ status, errors, detail, ...options }: BadBody) => {
    const response = await call('POST', '/messages', options);
    expect(response.status).toBe(status);
    if (detail) expect(response.body.detail).toBe(detail);
    expect(validationErrorsIn(response)).toEqual(errors);
    expect('polluted' in {}).toBe(false);
  });

  it('422 with all errors at once', async () => {
    const json = { email: 'canary', password: 'canary ', is_admin: true };
    const response = await anonymous('POST', '/users/register?canary=1', { json });
    expect(validationErrorsIn(response)).toEqual([
      '/is_admin additionalProperties',
      '/email format',
      '/password minLength',
      '/password pattern',
      'canary additionalProperties',
    ]);
    expect(response.body.detail).toBe('/is_admin is not allowed, and 4 more');
  });

  it('422 for a lone surrogate in a password', async () => {
    const json = { ...newCredentials(), password: 'canary-1\ud800' };
    expect(validationErrorsIn(await anonymous('POST', '/users/login', { json }))).toEqual(['/password pattern']);
  });

  it('200 for a body that the operation does not take', async () => {
    for (const body of ['canary', gzipSync('canary')])
      expect((await anonymous('POST', '/users/logout', { body })).status).toBe(200);
  });
});

describe('parameters', () => {
  it('422 explains the format of a number', async () => {
    const { body } = await ada.call('GET', '/messages?limit=0x10');
    expect(body.errors).toEqual([
      { parameter: 'limit', code: 'type', message: 'must be an integer in decimal digits' },
    ]);
  });

  it.each(BAD_QUERIES)('422 for GET %s', async (path, errors) => {
    expect(validationErrorsIn(await call('GET', path))).toEqual(errors);
    expect('polluted' in {}).toBe(false);
  });

  const idInCapitals = user_message.id_message.toUpperCase();
  it.each(['canary', '%00', '..%2F..%2Fusers', '%2e%2e%2f', '*', '{}', idInCapitals])(
    '422 for the id %s',
    async (id) => {
      for (const method of ['PUT', 'DELETE']) {
        const response = await call(method, `/messages/${id}`, { json: { content: 'canary' } });
        expect(response.status).toBe(422);
        expect(validationErrorsIn(response)).toContain('id_message pattern');
      }
    },
  );

  it('422 for a thousand parameters, with a hundred errors', async () => {
    const names = Array.from({ length: 1000 }, (_, index) => `c${index}`);
    expect(validationErrorsIn(await call('GET', `/messages?${names.join('&')}`))).toHaveLength(100);
  });

  it('422 for a very long name, within the limits of the problem document', async () => {
    for (const name of ['c'.repeat(9000), '~/'.repeat(3000), '😀'.repeat(700)]) {
      const { body } = await call('GET', `/messages?${encodeURIComponent(name)}=1`);
      expect(name.startsWith(body.errors[0].parameter)).toBe(true);
    }
  });
});
