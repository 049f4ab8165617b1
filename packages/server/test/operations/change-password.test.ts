import { describe, expect, it } from 'vitest';
import { connect, loggedIn } from '../support/requests/client.ts';
import { startServer } from '../support/servers/server.ts';

const baseUrl = await startServer();
const path = '/users/me/password';
const change = (current_password: string, new_password: string) => ({ json: { current_password, new_password } });

describe('changePassword', () => {
  it('200 and only the new password can log in', async () => {
    const ada = await loggedIn(baseUrl);
    const { email, password } = ada.credentials;
    const { status, body } = await ada.call('PUT', path, change(password, `${password}-new`));
    expect(status).toBe(200);
    expect(body).toEqual({ message: 'Password changed' });
    const anonymous = connect(baseUrl);
    expect((await anonymous.call('POST', '/users/login', { json: ada.credentials })).status).toBe(401);
    const json = { email, password: `${password}-new` };
    expect((await anonymous.call('POST', '/users/login', { json })).status).toBe(200);
  });

  it('200 and this session continues with new cookies, while all others end', async () => {
    const ada = await loggedIn(baseUrl);
    const phone = connect(baseUrl);
    await phone.call('POST', '/users/login', { json: ada.credentials });
    const stolen = connect(baseUrl);
    for (const [name, value] of ada.jar) stolen.jar.set(name, value);

    const { password } = ada.credentials;
    const { headers } = await ada.call('PUT', path, change(password, `${password}-new`));
    expect(headers.getSetCookie()).toHaveLength(2);
    expect((await ada.call('GET', '/users/me')).status).toBe(200);
    for (const other of [phone, stolen]) {
      expect((await other.call('GET', '/users/me')).status).toBe(401);
      expect((await other.call('POST', '/users/refresh')).status).toBe(401);
    }
  });

  it('200 for a client with a bearer token, which gets no cookies', async () => {
    const ada = await loggedIn(baseUrl);
    const { password } = ada.credentials;
    const headers = { authorization: `Bearer ${ada.jar.get('access_token')}` };
    const response = await connect(baseUrl).call('PUT', path, { ...change(password, `${password}-new`), headers });
    expect(response.status).toBe(200);
    expect(response.headers.getSetCookie()).toEqual([]);
  });

  it('400 for both a cookie and a bearer token', async () => {
    const ada = await loggedIn(baseUrl);
    const headers = { authorization: `Bearer ${ada.jar.get('access_token')}` };
    const { status } = await ada.call('PUT', path, { ...change('canary-1', 'canary-2'), headers });
    expect(status).toBe(400);
  });

  it('401 without a session', async () => {
    expect((await connect(baseUrl).call('PUT', path, change('canary-1', 'canary-2'))).status).toBe(401);
  });

  it('403 for a wrong password, which changes nothing', async () => {
    const ada = await loggedIn(baseUrl);
    const { status, body, headers } = await ada.call('PUT', path, change('canary-wrong-1', 'canary-new-1'));
    expect(status).toBe(403);
    expect(body.code).toBe('wrong-password');
    expect(headers.getSetCookie()).toEqual([]);
    expect((await ada.call('GET', '/users/me')).status).toBe(200);
    expect((await connect(baseUrl).call('POST', '/users/login', { json: ada.credentials })).status).toBe(200);
  });

  it('413 for a body over 100 KB', async () => {
    const ada = await loggedIn(baseUrl);
    expect((await ada.call('PUT', path, change('canary-1', 'canary-1'.repeat(13_000)))).status).toBe(413);
  });

  it('415 for plain text', async () => {
    expect((await (await loggedIn(baseUrl)).call('PUT', path, { body: 'canary' })).status).toBe(415);
  });

  it('422 for a new password that is too short, with a pointer to it', async () => {
    const ada = await loggedIn(baseUrl);
    const { status, body } = await ada.call('PUT', path, change(ada.credentials.password, 'short1'));
    expect(status).toBe(422);
    expect(body.errors).toEqual([{ pointer: '/new_password', code: 'minLength', message: expect.any(String) }]);
  });
});
