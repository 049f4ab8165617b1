import { describe, expect, test } from 'vitest';
import { createClient, type Fetch } from '../../src/index.ts';
import { fixtureServer, json, type Responder } from '../support/fixture-server.ts';

const account = { email: 'ada@example.com', password: 'Password123' };
const session = ['access_token=a; Path=/; HttpOnly; Secure; Max-Age=60', 'refresh_token=r; Path=/; HttpOnly; Secure'];
const gone = ['access_token=; Path=/; Max-Age=0', 'refresh_token=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT'];

/** Sets the session's cookies at login and deletes them at logout. */
const reply: Responder = (res, request) => {
  if (request.line.endsWith('/login')) return json({}, 200, { 'set-cookie': session })(res, request);
  if (request.line.endsWith('/logout')) return json({}, 200, { 'set-cookie': gone })(res, request);
  return json({})(res, request);
};

describe('a session', () => {
  test('is sent from login to logout', async () => {
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

  test('is kept when an answer is a problem', async () => {
    const server = await fixtureServer(json({}, 401, { 'set-cookie': 'a=1' }));
    const client = createClient({ baseUrl: server.url });
    await client.users.me().catch(() => undefined);
    await client.users.me().catch(() => undefined);
    expect(server.requests[1]?.headers.cookie).toBe('a=1');
  });

  test('is not kept over http to another machine', async () => {
    const server = await fixtureServer(reply);
    const fetch: Fetch = (url, init) => globalThis.fetch(url.replace('http://chat.example', server.url), init);
    const client = createClient({ baseUrl: 'http://chat.example', fetch });
    await client.users.login(account);
    await client.users.me();
    expect(server.requests[1]?.headers.cookie).toBeUndefined();
  });

  test('goes nowhere else when the server redirects', async () => {
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

test('a Cookie header of the caller is sent as it is', async () => {
  const server = await fixtureServer(reply);
  const client = createClient({ baseUrl: server.url, headers: { cookie: 'access_token=mine' } });
  await client.users.login(account);
  await client.users.me();
  expect(server.requests[1]?.headers.cookie).toBe('access_token=mine');
});

test('where a platform hides the cookies, nothing is added', async () => {
  const seen: (string | null)[] = [];
  const fetch: Fetch = async (_, init) => {
    seen.push(new Headers(init.headers).get('cookie'));
    return Response.json({});
  };
  const client = createClient({ baseUrl: 'https://chat.example', fetch });
  await client.users.login(account);
  await client.users.me();
  expect(seen).toEqual([null, null]);
});
