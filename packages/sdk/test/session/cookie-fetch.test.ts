import { describe, expect, test } from 'vitest';
import { createClient, type Fetch } from '../../src/index.ts';
import { fixtureServer, json, type Responder } from '../support/fixture-server.ts';

const account = { email: 'ada@example.com', password: 'Password123' };
const session = ['access_token=a; Path=/; HttpOnly; Secure; Max-Age=60', 'refresh_token=r; Path=/; HttpOnly; Secure'];
const cleared = ['access_token=; Path=/; Max-Age=0', 'refresh_token=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT'];

/** Sets the session's cookies at login and deletes them at logout. */
const reply: Responder = (res, request) => {
  if (request.line.endsWith('/login')) return json({}, 200, { 'set-cookie': session })(res, request);
  if (request.line.endsWith('/logout')) return json({}, 200, { 'set-cookie': cleared })(res, request);
  return json({})(res, request);
};

describe('a session', () => {
  test('has its cookies sent from login to logout', async () => {
    const server = await fixtureServer(reply);
    const client = createClient({ baseUrl: server.url });
    await client.users.me();
    await client.users.login(account);
    await client.users.me();
    await client.users.logout();
    await client.users.me();
    const cookie = 'access_token=a; refresh_token=r';
    expect(server.requests.map(({ headers }) => headers.cookie)).toEqual([
      undefined,
      undefined,
      cookie,
      cookie,
      undefined,
    ]);
  });

  test('belongs to one client', async () => {
    const server = await fixtureServer(reply);
    await createClient({ baseUrl: server.url }).users.login(account);
    await createClient({ baseUrl: server.url }).users.me();
    expect(server.requests[1]?.headers.cookie).toBeUndefined();
  });

  test('stores the cookies of a problem response', async () => {
    const server = await fixtureServer(json({}, 401, { 'set-cookie': 'a=1' }));
    const client = createClient({ baseUrl: server.url });
    await client.users.me().catch(() => undefined);
    await client.users.me().catch(() => undefined);
    expect(server.requests[1]?.headers.cookie).toBe('a=1');
  });

  test('does not store Secure cookies over http from another machine', async () => {
    const server = await fixtureServer(reply);
    const fetch: Fetch = (url, init) => globalThis.fetch(url.replace('http://chat.example', server.url), init);
    const client = createClient({ baseUrl: 'http://chat.example', fetch });
    await client.users.login(account);
    await client.users.me();
    expect(server.requests[1]?.headers.cookie).toBeUndefined();
  });

  test('sends no cookies to the target of a redirect', async () => {
    const elsewhere = await fixtureServer();
    const server = await fixtureServer((res, request) => {
      if (request.line.endsWith('/login')) return reply(res, request);
      res.writeHead(302, { location: elsewhere.url }).end();
    });
    const client = createClient({ baseUrl: server.url });
    await client.users.login(account);
    await expect(client.users.me()).rejects.toMatchObject({ status: 302, code: undefined });
    expect(server.requests[1]?.headers.cookie).toBe('access_token=a; refresh_token=r');
    expect(elsewhere.requests).toEqual([]);
  });
});

test('a given Cookie header is sent unchanged', async () => {
  const server = await fixtureServer(reply);
  const client = createClient({ baseUrl: server.url, headers: { cookie: 'access_token=mine' } });
  await client.users.login(account);
  await client.users.me();
  expect(server.requests[1]?.headers.cookie).toBe('access_token=mine');
});

test('no cookies are sent if the platform hides Set-Cookie', async () => {
  const sent: (string | null)[] = [];
  const fetch: Fetch = async (_, init) => {
    sent.push(new Headers(init.headers).get('cookie'));
    return Response.json({});
  };
  const client = createClient({ baseUrl: 'https://chat.example', fetch });
  await client.users.login(account);
  await client.users.me();
  expect(sent).toEqual([null, null]);
});
