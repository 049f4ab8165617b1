import { describe, expect, it } from 'vitest';
import { connect, loggedIn } from '../support/requests/client.ts';
import { startServer, testConfig, testDeps } from '../support/servers/server.ts';

const baseUrl = await startServer();

describe('logoutUser', () => {
  it('200 and the cookies are cleared with the attributes they were set with', async () => {
    const ada = await loggedIn(baseUrl);
    const { status, body, headers } = await ada.call('POST', '/users/logout');
    expect(status).toBe(200);
    expect(body).toEqual({ message: 'Logout successful' });
    const attributes = 'Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; SameSite=Lax';
    expect(headers.getSetCookie()).toEqual([`access_token=; ${attributes}`, `refresh_token=; ${attributes}`]);
    expect((await ada.call('GET', '/users/me')).status).toBe(401);
  });

  it('200 and Cognito has revoked the refresh token', async () => {
    const ada = await loggedIn(baseUrl);
    const refreshToken = ada.jar.get('refresh_token');
    await ada.call('POST', '/users/logout');
    expect(await refresh(refreshToken)).toBe(400);
  });

  it('200 and a copy of its access token is invalid at once', async () => {
    const ada = await loggedIn(baseUrl);
    const copy = connect(baseUrl);
    copy.jar.set('access_token', ada.jar.get('access_token') ?? '');
    await ada.call('POST', '/users/logout');
    expect((await copy.call('GET', '/users/me')).status).toBe(401);
  });

  it('200 with a bearer token, which is invalid from then on', async () => {
    const ada = await loggedIn(baseUrl);
    const headers = { authorization: `Bearer ${ada.jar.get('access_token')}` };
    const machine = connect(baseUrl);
    expect((await machine.call('GET', '/users/me', { headers })).status).toBe(200);
    expect((await machine.call('POST', '/users/logout', { headers })).status).toBe(200);
    expect((await machine.call('GET', '/users/me', { headers })).status).toBe(401);
  });

  it("200 and the user's other sessions stay open", async () => {
    const ada = await loggedIn(baseUrl);
    const phone = connect(baseUrl);
    await phone.call('POST', '/users/login', { json: ada.credentials });
    await ada.call('POST', '/users/logout');
    expect((await phone.call('GET', '/users/me')).status).toBe(200);
    expect((await phone.call('POST', '/users/refresh')).status).toBe(200);
  });

  it('200 for an invalid token, which ends no session', async () => {
    const ada = await loggedIn(baseUrl);
    const thief = connect(baseUrl);
    thief.jar.set('access_token', `${ada.jar.get('access_token')?.split('.').slice(0, 2).join('.')}.canary`);
    expect((await thief.call('POST', '/users/logout')).status).toBe(200);
    expect((await ada.call('GET', '/users/me')).status).toBe(200);
  });

  it('200 again, and without a session', async () => {
    const anonymous = connect(baseUrl);
    expect((await anonymous.call('POST', '/users/logout')).status).toBe(200);
    expect((await anonymous.call('POST', '/users/logout')).status).toBe(200);
  });

  it('200 while Cognito does not respond', async () => {
    const { identity } = testDeps({ AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: 'http://127.0.0.1:9' });
    const { call, jar } = connect(await startServer({ identity }));
    jar.set('refresh_token', 'any');
    expect((await call('POST', '/users/logout')).status).toBe(200);
    expect(jar.size).toBe(0);
  });

  it('200 and the cookies are cleared if a parent domain has set one of the same name', async () => {
    const ada = await loggedIn(baseUrl);
    const headers = { cookie: `access_token=${ada.jar.get('access_token')}; access_token=canary` };
    const { status, headers: cleared } = await connect(baseUrl).call('POST', '/users/logout', { headers });
    expect(status).toBe(200);
    expect(cleared.getSetCookie()).toHaveLength(2);
  });

  it('422 for an unknown query parameter', async () => {
    expect((await connect(baseUrl).call('POST', '/users/logout?all=1')).status).toBe(422);
  });
});

/** Requests new tokens from the emulator directly; 400 is its NotAuthorizedException. */
async function refresh(RefreshToken: string | undefined): Promise<number> {
  const { endpoint, clientId } = testConfig().cognito;
  const { status } = await fetch(endpoint ?? '', {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSCognitoIdentityProviderService.GetTokensFromRefreshToken',
    },
    body: JSON.stringify({ ClientId: clientId, RefreshToken }),
  });
  return status;
}
