import { afterEach, describe, expect, test, vi } from 'vitest';
import { ConnectionError, TimeoutError } from '../../src/index.ts';
import { problem } from '../support/fixture-server.ts';
import { gate, loggedIn, REFRESH, sessionServer } from '../support/session-server.ts';

afterEach(() => vi.restoreAllMocks());

/** A logged-in client whose session has expired. */
async function expired() {
  const server = await sessionServer();
  const { client, onSessionEnd } = await loggedIn(server);
  server.expire();
  return { server, client, onSessionEnd };
}

describe('a refresh that fails', () => {
  test('with 503 rejects the calls, does not end the session, and is repeated by the next call', async () => {
    const { server, client, onSessionEnd } = await expired();
    server.onRefresh.push((_, ...call) => problem('service-unavailable', 503, { 'retry-after': '7' })(...call));
    const outcomes = await Promise.allSettled([client.users.me(), client.messages.list()]);
    const reason = expect.objectContaining({ code: 'service-unavailable', retryAfterSeconds: 7 });
    expect(outcomes).toEqual(Array(2).fill({ status: 'rejected', reason }));
    expect(server.refreshes()).toBe(1);
    expect(await client.users.me()).toEqual({});
    expect(onSessionEnd).not.toHaveBeenCalled();
  });

  test('without a response is repeated once', async () => {
    const { server, client } = await expired();
    server.onRefresh.push((_, res) => res.destroy());
    expect(await client.users.me()).toEqual({});
    expect(server.lines()).toEqual(['GET /users/me', REFRESH, REFRESH, 'GET /users/me']);
  });

  test('twice without a response causes a ConnectionError', async () => {
    const { server, client, onSessionEnd } = await expired();
    for (const _ of [1, 2]) server.onRefresh.push((_go, res) => res.destroy());
    await expect(client.users.me()).rejects.toThrow(`No response to POST ${server.url}/users/refresh`);
    expect(server.refreshes()).toBe(2);
    expect(await client.users.me()).toEqual({});
    expect(onSessionEnd).not.toHaveBeenCalled();
  });

  test('times out early enough to be repeated with the same cookie', async () => {
    const { server, client } = await expired();
    const expire = timers(10_000);
    server.onRefresh.push(expire, expire);
    const error = await client.users.me().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ message: `No data from POST ${server.url}/users/refresh within 10000 ms` });
    // The server accepts a used refresh token for 30 s.
    expect(server.lines()).toEqual(['GET /users/me', REFRESH, REFRESH]);
  });
});

describe('during a refresh', () => {
  /** A call that has started a refresh. `finish` releases the response of the refresh. */
  async function refreshing(signal?: AbortSignal) {
    const { server, client, onSessionEnd } = await expired();
    const go = gate();
    server.onRefresh.push((respond) => go.opened.then(respond));
    const first = client.users.me(signal && { signal });
    await vi.waitFor(() => expect(server.refreshes()).toBe(1));
    return { server, client, first, onSessionEnd, finish: go.open };
  }

  test('new calls wait and are sent with the new cookies', async () => {
    const { server, client, first, finish } = await refreshing();
    const second = client.messages.list();
    const health = client.health.get().catch(() => undefined);
    finish();
    await Promise.all([first, second, health]);
    expect(server.lines().slice(0, 2)).toEqual(['GET /users/me', REFRESH]);
    expect(server.lines().slice(2).sort()).toEqual(['GET /health', 'GET /messages', 'GET /users/me']);
    for (const { headers } of server.requests.slice(2)) expect(headers.cookie).toBe('access=2; refresh=2');
  });

  test('a logout waits, so that its cookies are stored last', async () => {
    const { server, client, first, finish } = await refreshing();
    const logout = client.users.logout();
    finish();
    await Promise.allSettled([first, logout]);
    server.clearRequests();
    await expect(client.users.me()).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(server.requests.map(({ headers }) => headers.cookie)).toEqual([undefined]);
  });

  test('an abort of the call that started it does not abort the refresh', async () => {
    const controller = new AbortController();
    const { server, client, first, finish } = await refreshing(controller.signal);
    const second = client.messages.list();
    const reason = new Error('canary abort');
    controller.abort(reason);
    await expect(first).rejects.toBe(reason);
    finish();
    expect(await second).toEqual({});
    expect(server.lines()).toEqual(['GET /users/me', REFRESH, 'GET /messages']);
  });

  test('an aborted call that waits is not sent', async () => {
    const { server, client, first, finish } = await refreshing();
    const controller = new AbortController();
    const second = client.messages.list({}, { signal: controller.signal });
    controller.abort();
    await expect(second).rejects.toBe(controller.signal.reason);
    finish();
    await first;
    expect(server.lines()).toEqual(['GET /users/me', REFRESH, 'GET /users/me']);
  });

  test('calls that wait for a failed refresh refresh again', async () => {
    const { server, client, first, finish } = await refreshing();
    const second = client.messages.list();
    await server.close();
    finish();
    await expect(first).rejects.toThrow(ConnectionError);
    await expect(second).rejects.toThrow(ConnectionError);
  });
});

/** Replaces timers of this many milliseconds. The returned function fires the latest one, which never fires by itself. */
function timers(ms: number): () => void {
  const { setTimeout } = globalThis;
  let last: () => void = () => undefined;
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(((act: () => void, afterMs?: number) => {
    if (afterMs !== ms) return setTimeout(act, afterMs);
    last = act;
    return setTimeout(() => undefined, 0);
    // The cast: the type of `setTimeout` has `__promisify__`, which no test needs.
  }) as typeof setTimeout);
  return () => last();
}
