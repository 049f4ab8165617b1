import { describe, expect, it } from 'vitest';
import { type Client, connect, loggedIn } from '../support/requests/client.ts';
import { poolServer } from '../support/servers/pool-server.ts';
import { startServer } from '../support/servers/server.ts';

const baseUrl = await startServer();
const refresh = ({ call }: Client) => call('POST', '/users/refresh');

/** A copy of a session, such as a thief's. */
function copyOf({ baseUrl, jar }: Client): Client {
  const copy = connect(baseUrl);
  for (const [name, value] of jar) copy.jar.set(name, value);
  return copy;
}

const GRACE_MS = 30_000;

/** A logged-in user of a pool whose clock the test can advance. */
async function withOwnPool() {
  const { pool, baseUrl } = await poolServer();
  const ada = connect(baseUrl);
  await ada.call('POST', '/users/login', { json: await pool.register() });
  return { pool, ada };
}

describe('refreshSession', () => {
  it('200 with two new cookies, and the session continues', async () => {
    const ada = await loggedIn(baseUrl);
    const before = new Map(ada.jar);
    const { status, body } = await refresh(ada);
    expect(status).toBe(200);
    expect(body).toEqual({ message: 'Session refreshed' });
    for (const name of ['access_token', 'refresh_token']) {
      expect(ada.jar.get(name)).toMatch(/^\S{20,}$/);
      expect(ada.jar.get(name)).not.toBe(before.get(name));
    }
    expect((await ada.call('GET', '/users/me')).status).toBe(200);
  });

  it('200 without an access cookie, which may have expired', async () => {
    const ada = await loggedIn(baseUrl);
    ada.jar.delete('access_token');
    expect((await refresh(ada)).status).toBe(200);
    expect((await ada.call('GET', '/users/me')).status).toBe(200);
  });

  it('200 again with the old cookie for 30 seconds, in case the response was lost', async () => {
    const { ada } = await withOwnPool();
    const lost = copyOf(ada);
    await refresh(ada);
    expect((await refresh(lost)).status).toBe(200);
    expect((await lost.call('GET', '/users/me')).status).toBe(200);
  });

  it('200 for each of many concurrent requests', async () => {
    const ada = await loggedIn(baseUrl);
    const copies = Array.from({ length: 20 }, () => copyOf(ada));
    const responses = await Promise.all(copies.map(refresh));
    expect(responses.every(({ status }) => status === 200)).toBe(true);
    for (const copy of copies) expect((await copy.call('GET', '/users/me')).status).toBe(200);
  });

  it('401 without a refresh cookie', async () => {
    const { status, body } = await refresh(connect(baseUrl));
    expect(status).toBe(401);
    expect(body.code).toBe('unauthenticated');
  });

  it('401 for a cookie unknown to Cognito, and the cookies are cleared', async () => {
    const ada = await loggedIn(baseUrl);
    ada.jar.set('refresh_token', 'canary');
    const { status, body } = await refresh(ada);
    expect(status).toBe(401);
    expect(body.code).toBe('session-expired');
    expect(ada.jar.size).toBe(0);
  });

  it('401 after a logout', async () => {
    const ada = await loggedIn(baseUrl);
    const copy = copyOf(ada);
    await ada.call('POST', '/users/logout');
    expect((await refresh(copy)).body.code).toBe('session-expired');
  });

  it('401 for a reused cookie, which ends the whole session, also for a thief', async () => {
    const { pool, ada } = await withOwnPool();
    const thief = copyOf(ada);
    await refresh(thief);
    expect((await thief.call('GET', '/users/me')).status).toBe(200);

    pool.passes(GRACE_MS + 1);
    const { status, body } = await refresh(ada);
    expect(status).toBe(401);
    expect(body.code).toBe('refresh-reused');
    expect(ada.jar.size).toBe(0);
    expect((await thief.call('GET', '/users/me')).status).toBe(401);
    expect((await refresh(thief)).body.code).toBe('session-expired');
  });

  it('422 for an unknown query parameter', async () => {
    expect((await connect(baseUrl).call('POST', '/users/refresh?all=1')).status).toBe(422);
  });
});
