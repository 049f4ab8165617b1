import { describe, expect, it } from 'vitest';
import { createDeps } from '../../src/serve.ts';
import { connect, loggedIn } from '../support/client.ts';
import { startServer, testConfig } from '../support/server.ts';

const baseUrl = await startServer();

describe('logoutUser', () => {
  it('200 and the cookies are cleared with the attributes that they were set with', async () => {
    const ada = await loggedIn(baseUrl);
    const { status, body, headers } = await ada.call('POST', '/users/logout');
    expect(status).toBe(200);
    expect(body).toEqual({ message: 'Logout successful' });
    const gone = 'Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; SameSite=Lax';
    expect(headers.getSetCookie()).toEqual([`access_token=; ${gone}`, `refresh_token=; ${gone}`]);
    expect((await ada.call('GET', '/users/me')).status).toBe(401);
  });

  it('200 and Cognito knows the refresh token no more', async () => {
    const ada = await loggedIn(baseUrl);
    const refreshToken = ada.jar.get('refresh_token');
    expect(await refresh(refreshToken)).toBe(200);
    await ada.call('POST', '/users/logout');
    expect(await refresh(refreshToken)).toBe(400);
  });

  it('200 again, and without a session', async () => {
    const nobody = connect(baseUrl);
    expect((await nobody.call('POST', '/users/logout')).status).toBe(200);
    expect((await nobody.call('POST', '/users/logout')).status).toBe(200);
  });

  it('200 while Cognito does not answer', async () => {
    const { identity } = createDeps(testConfig({ AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: 'http://127.0.0.1:9' }));
    const { call, jar } = connect(await startServer({ identity }));
    jar.set('refresh_token', 'any');
    expect((await call('POST', '/users/logout')).status).toBe(200);
    expect(jar.size).toBe(0);
  });

  it('422 for a query that the spec does not know', async () => {
    expect((await connect(baseUrl).call('POST', '/users/logout?all=1')).status).toBe(422);
  });
});

/** Asks the emulator itself for new tokens; 400 is its NotAuthorizedException. */
async function refresh(REFRESH_TOKEN: string | undefined): Promise<number> {
  const { endpoint, clientId } = testConfig().cognito;
  const { status } = await fetch(endpoint ?? '', {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth',
    },
    body: JSON.stringify({ AuthFlow: 'REFRESH_TOKEN_AUTH', ClientId: clientId, AuthParameters: { REFRESH_TOKEN } }),
  });
  return status;
}
