import { describe, expect, it } from 'vitest';
import { connect, loggedIn } from '../support/requests/client.ts';
import { startServer } from '../support/servers/server.ts';

const baseUrl = await startServer();
const path = '/users/logout/everywhere';

describe('logoutEverywhere', () => {
  it('200 and all sessions of the user end, with their refresh tokens', async () => {
    const ada = await loggedIn(baseUrl);
    const phone = connect(baseUrl);
    await phone.call('POST', '/users/login', { json: ada.credentials });
    const { status, body, headers } = await ada.call('POST', path);
    expect(status).toBe(200);
    expect(body).toEqual({ message: 'Logout successful' });
    expect(headers.getSetCookie().every((cookie) => /^(access|refresh)_token=;/.test(cookie))).toBe(true);
    expect((await phone.call('GET', '/users/me')).status).toBe(401);
    expect((await phone.call('POST', '/users/refresh')).body.code).toBe('session-expired');
  });

  it('200 and a login in the same second opens a lasting session', async () => {
    const ada = await loggedIn(baseUrl);
    await ada.call('POST', path);
    expect((await ada.call('POST', '/users/login', { json: ada.credentials })).status).toBe(200);
    expect((await ada.call('GET', '/users/me')).status).toBe(200);
  });

  it('200 and no other user is logged out', async () => {
    const [ada, bob] = [await loggedIn(baseUrl), await loggedIn(baseUrl)];
    await ada.call('POST', path);
    expect((await bob.call('GET', '/users/me')).status).toBe(200);
  });

  it('400 for both a cookie and a bearer token', async () => {
    const ada = await loggedIn(baseUrl);
    const headers = { authorization: `Bearer ${ada.jar.get('access_token')}` };
    expect((await ada.call('POST', path, { headers })).status).toBe(400);
  });

  it('401 without a session', async () => {
    expect((await connect(baseUrl).call('POST', path)).status).toBe(401);
  });

  it('422 for an unknown query parameter', async () => {
    expect((await (await loggedIn(baseUrl)).call('POST', `${path}?all=1`)).status).toBe(422);
  });
});
