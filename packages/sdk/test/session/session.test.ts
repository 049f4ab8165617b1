import { describe, expect, test, vi } from 'vitest';
import { createClient, type ProblemCode } from '../../src/index.ts';
import { fixtureServer, json, problem, type Responder } from '../support/fixture-server.ts';
import { gate, loggedIn, REFRESH, sessionServer } from '../support/session-server.ts';

describe('401 unauthenticated', () => {
  test('refreshes the session once, and the call succeeds', async () => {
    const server = await sessionServer(json({ user_id: 'canary' }));
    const { client, onSessionEnd } = await loggedIn(server);
    server.expire();
    expect(await client.users.me()).toEqual({ user_id: 'canary' });
    expect(server.lines()).toEqual(['GET /users/me', REFRESH, 'GET /users/me']);
    expect(server.requests.map(({ headers }) => headers.cookie)).toEqual([
      'access=1; refresh=1',
      'access=1; refresh=1',
      'access=2; refresh=2',
    ]);
    expect(onSessionEnd).not.toHaveBeenCalled();
  });

  test('of 50 concurrent calls refreshes once, and every call succeeds', async () => {
    const server = await sessionServer(json({ messages: [] }));
    const { client } = await loggedIn(server);
    server.expire();
    const calls = Array.from({ length: 50 }, () => client.messages.list());
    expect(await Promise.all(calls)).toEqual(calls.map(() => ({ messages: [] })));
    expect(server.refreshes()).toBe(1);
    expect(server.requests).toHaveLength(101);
  });

  test('that arrives after the refresh of another call does not refresh again', async () => {
    const late = gate();
    const { client, server } = await lateServer(late.opened);
    const call = client.messages.list();
    await vi.waitFor(() => expect(server.requests).toHaveLength(1));
    await client.users.me();
    late.open();
    expect(await call).toEqual({});
    expect(server.requests.map(({ line }) => line)).toEqual([
      'GET /messages',
      'GET /users/me',
      REFRESH,
      'GET /users/me',
      'GET /messages',
    ]);
  });

  test('of a POST refreshes, and the same body is sent again', async () => {
    const server = await sessionServer();
    const { client } = await loggedIn(server);
    server.expire();
    const draft = { content: 'canary Grüße 🤖' };
    const call = client.messages.send(draft);
    draft.content = 'canary changed by the caller';
    await call;
    const sent = server.requests.filter(({ line }) => line === 'POST /messages');
    expect(sent.map(({ body }) => body)).toEqual(Array(2).fill('{"content":"canary Grüße 🤖"}'));
    expect(sent.map(({ headers }) => headers['content-type'])).toEqual(Array(2).fill('application/json'));
  });

  test('of the second attempt is final', async () => {
    const server = await sessionServer(problem('unauthenticated', 401));
    const { client } = await loggedIn(server);
    await expect(client.users.me()).rejects.toMatchObject({ status: 401, code: 'unauthenticated' });
    expect(server.lines()).toEqual(['GET /users/me', REFRESH, 'GET /users/me']);
  });

  test('refreshes again when the session expires again', async () => {
    const server = await sessionServer();
    const { client } = await loggedIn(server);
    for (const count of [1, 2, 3]) {
      server.expire();
      await client.users.me();
      expect(server.refreshes()).toBe(count);
    }
  });

  test('refreshes for a client that never logged in, since a browser may have stored cookies', async () => {
    const server = await sessionServer();
    await expect(createClient({ baseUrl: server.url }).users.me()).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(server.lines()).toEqual(['GET /users/me', REFRESH]);
  });
});

describe('the session is not refreshed', () => {
  test.each<[ProblemCode, number]>([
    ['invalid-credentials', 401],
    ['session-expired', 401],
    ['recent-login-required', 403],
    ['service-unavailable', 503],
  ])('for %s', async (code, status) => {
    const server = await sessionServer(problem(code, status));
    const { client } = await loggedIn(server);
    await expect(client.users.delete()).rejects.toMatchObject({ status, code });
    expect(server.lines()).toEqual(['DELETE /users/me']);
  });

  test('for a 401 from a proxy', async () => {
    const server = await sessionServer(json({ code: 'unauthenticated' }, 401));
    const { client } = await loggedIn(server);
    await expect(client.users.me()).rejects.toMatchObject({ status: 401, code: undefined });
    expect(server.refreshes()).toBe(0);
  });

  test('for operations without authentication', async () => {
    const server = await fixtureServer(problem('unauthenticated', 401));
    const { health, users } = createClient({ baseUrl: server.url });
    const calls = [health.get(), users.logout(), users.forgotPassword({ email: 'canary@example.com' })];
    for (const call of calls) await expect(call).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(server.requests).toHaveLength(3);
  });

  test.each([
    ['authorization', 'Bearer canary'],
    ['Cookie', 'access=canary; refresh=canary'],
  ])('for a client with its own %s header', async (name, value) => {
    const server = await fixtureServer(problem('unauthenticated', 401));
    const onSessionEnd = vi.fn();
    const client = createClient({ baseUrl: server.url, headers: { [name]: value }, onSessionEnd });
    await expect(client.users.me()).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(client.users.refresh()).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(server.requests.map(({ line }) => line)).toEqual(['GET /users/me', REFRESH]);
    expect(onSessionEnd).not.toHaveBeenCalled();
  });
});

/** Responds with 401 to the first call of each operation; for `GET /messages`, only once `late` resolves. */
async function lateServer(late: Promise<void>) {
  const received = new Set<string>();
  const unauthenticated = problem('unauthenticated', 401);
  const server = await fixtureServer((res, request) => {
    const reply: Responder = received.has(request.line) || request.line === REFRESH ? json({}) : unauthenticated;
    const isLate = request.line === 'GET /messages' && reply === unauthenticated;
    received.add(request.line);
    if (isLate) late.then(() => reply(res, request), res.destroy);
    else reply(res, request);
  });
  return { server, client: createClient({ baseUrl: server.url }) };
}
