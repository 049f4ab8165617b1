import { describe, expect, test, vi } from 'vitest';
import { createClient } from '../../src/index.ts';
import { json, problem } from '../support/fixture-server.ts';
import { browserFetch, CREDENTIALS, loggedIn, REFRESH, sessionServer } from '../support/session-server.ts';

describe('a refresh that fails with 401', () => {
  test('rejects every call with the error and calls `onSessionEnd` once', async () => {
    const server = await sessionServer();
    const { client, onSessionEnd } = await loggedIn(server);
    server.revoke();
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => client.users.me()));
    const reason = expect.objectContaining({ name: 'ApiError', status: 401, code: 'session-expired' });
    expect(outcomes).toEqual(Array(20).fill({ status: 'rejected', reason }));
    expect(server.refreshes()).toBe(1);
    expect(onSessionEnd.mock.calls).toEqual([[reason]]);
  });

  test('is not repeated until a login', async () => {
    const server = await sessionServer();
    const { client, onSessionEnd } = await loggedIn(server);
    server.revoke();
    await expect(client.users.me()).rejects.toMatchObject({ code: 'session-expired' });
    server.clearRequests();
    for (const call of [() => client.users.me(), () => client.messages.list()])
      await expect(call()).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(server.lines()).toEqual(['GET /users/me', 'GET /messages']);

    await client.users.login(CREDENTIALS);
    server.expire();
    await client.users.me();
    expect(server.refreshes()).toBe(1);
    server.revoke();
    await expect(client.users.me()).rejects.toMatchObject({ code: 'session-expired' });
    expect(onSessionEnd).toHaveBeenCalledTimes(2);
  });

  test('clears the cookies', async () => {
    const server = await sessionServer();
    const { client } = await loggedIn(server);
    server.revoke();
    await expect(client.users.me()).rejects.toThrow();
    server.clearRequests();
    await expect(client.users.me()).rejects.toThrow();
    expect(server.requests.map(({ headers }) => headers.cookie)).toEqual([undefined]);
  });

  test('from a proxy does not end the session', async () => {
    const server = await sessionServer();
    const { client, onSessionEnd } = await loggedIn(server);
    server.expire();
    server.onRefresh.push((_, ...call) => json({}, 401)(...call));
    await expect(client.users.me()).rejects.toMatchObject({ status: 401, code: undefined });
    expect(await client.users.me()).toEqual({});
    expect(onSessionEnd).not.toHaveBeenCalled();
  });
});

describe('onSessionEnd', () => {
  test.each(['session-expired', 'refresh-reused'] as const)(
    'is called for %s of a session from an earlier visit',
    async (code) => {
      const server = await sessionServer();
      const onSessionEnd = vi.fn();
      server.onRefresh.push((_, ...call) => problem(code, 401)(...call));
      await expect(createClient({ baseUrl: server.url, onSessionEnd }).users.me()).rejects.toMatchObject({ code });
      expect(onSessionEnd.mock.calls).toEqual([[expect.objectContaining({ code })]]);
    },
  );

  test('is not called if there was never a session', async () => {
    const server = await sessionServer();
    const onSessionEnd = vi.fn();
    const client = createClient({ baseUrl: server.url, onSessionEnd });
    for (const _ of [1, 2]) await expect(client.users.me()).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(server.lines()).toEqual(['GET /users/me', REFRESH, 'GET /users/me']);
    expect(onSessionEnd).not.toHaveBeenCalled();
  });

  test('is called after a logout in another tab', async () => {
    const server = await sessionServer();
    const fetch = browserFetch();
    const { client, onSessionEnd } = await loggedIn(server, fetch);
    await createClient({ baseUrl: server.url, fetch }).users.logout();
    await expect(client.users.me()).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(onSessionEnd).toHaveBeenCalledOnce();
  });

  test('is called once for an explicit refresh', async () => {
    const server = await sessionServer();
    const { client, onSessionEnd } = await loggedIn(server);
    expect(await client.users.refresh()).toEqual({ message: 'Session refreshed' });
    server.revoke();
    await expect(client.users.refresh()).rejects.toMatchObject({ code: 'session-expired' });
    await expect(client.users.refresh()).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(onSessionEnd).toHaveBeenCalledOnce();
  });

  test.each(['logout', 'logoutEverywhere', 'delete'] as const)(
    'is not called after %s, and nothing is refreshed',
    async (end) => {
      const server = await sessionServer();
      const { client, onSessionEnd } = await loggedIn(server);
      await client.users[end]();
      server.revoke();
      server.clearRequests();
      await expect(client.users.me()).rejects.toMatchObject({ code: 'unauthenticated' });
      expect(server.lines()).toEqual(['GET /users/me']);
      expect(onSessionEnd).not.toHaveBeenCalled();
    },
  );
});
