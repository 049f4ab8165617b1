import { describe, expect, it } from 'vitest';
import { connect, newCredentials } from '../support/requests/client.ts';
import { fakeCognito } from '../support/servers/fake-cognito.ts';
import { startServer, testDeps } from '../support/servers/server.ts';

const baseUrl = await startServer();
const { call } = connect(baseUrl);
const login = (json: unknown) => call('POST', '/users/login', { json });

async function register() {
  const credentials = newCredentials();
  await call('POST', '/users/register', { json: credentials });
  return credentials;
}

describe('loginUser', () => {
  it('200 with both tokens in HTTP-only cookies and none in the body', async () => {
    const { status, body, headers } = await login(await register());
    expect(status).toBe(200);
    expect(body).toEqual({ message: 'Login successful' });
    const cookies = headers
      .getSetCookie()
      .map((cookie) => cookie.replace(/=ey[^;]+/, '=…').replace(/Expires=[^;]+/, 'Expires=…'));
    const attributes = 'Max-Age=2592000; Path=/; Expires=…; HttpOnly; SameSite=Lax';
    expect(cookies).toEqual([`access_token=…; ${attributes}`, `refresh_token=…; ${attributes}`]);
  });

  it('200 over https with Secure cookies that no sibling subdomain can set', async () => {
    const secure = connect(await startServer({}, { cookies: { secure: true, sameSite: 'lax' } }));
    const { headers } = await secure.call('POST', '/users/login', { json: await register() });
    const [access = '', refresh = ''] = headers.getSetCookie();
    expect(access).toMatch(/^__Host-access_token=ey.*; Path=\/; .*; HttpOnly; Secure; SameSite=Lax$/);
    expect(refresh).toMatch(/^__Host-refresh_token=ey.*; Path=\/; .*; HttpOnly; Secure; SameSite=Lax$/);
  });

  it('200 with cookies for cross-site pages', async () => {
    const open = connect(await startServer({}, { cookies: { secure: true, sameSite: 'none' } }));
    const { headers } = await open.call('POST', '/users/login', { json: await register() });
    expect(headers.getSetCookie().every((cookie) => cookie.endsWith('; Secure; SameSite=None'))).toBe(true);
  });

  it('200 whatever the case of the address', async () => {
    const { email, password } = await register();
    expect((await login({ email: email.toUpperCase(), password })).status).toBe(200);
  });

  it('400 for a body that is not JSON', async () => {
    const headers = { 'content-type': 'application/json' };
    expect((await call('POST', '/users/login', { body: 'canary', headers })).status).toBe(400);
  });

  it('401 for a wrong password and an unknown address alike', async () => {
    const { email, password } = await register();
    const wrong = await login({ email, password: `${password}2` });
    const unknown = await login({ email: newCredentials().email, password });
    for (const { status, body, headers } of [wrong, unknown]) {
      expect(status).toBe(401);
      expect(body.code).toBe('invalid-credentials');
      expect(headers.getSetCookie()).toEqual([]);
      expect(headers.get('www-authenticate')).toBe('Bearer realm="async-chatbot"');
    }
    const comparable = ({ request_id, instance, ...rest }: Record<string, unknown>) => rest;
    expect(comparable(wrong.body)).toEqual(comparable(unknown.body));
  });

  it.each([
    ['the address is not confirmed', { __type: 'UserNotConfirmedException' }, 'email-not-confirmed'],
    ['the password must be reset', { __type: 'PasswordResetRequiredException' }, 'password-reset-required'],
    [
      'Cognito requires a second factor',
      { ChallengeName: 'SOFTWARE_TOKEN_MFA', Session: 'canary' },
      'challenge-required',
    ],
  ])('403 if %s', async (_label, response, code) => {
    const endpoint = await fakeCognito(response);
    const { identity } = testDeps({ AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: endpoint });
    const refused = connect(await startServer({ identity }));
    const { status, body, headers } = await refused.call('POST', '/users/login', { json: newCredentials() });
    expect(status).toBe(403);
    expect(body.code).toBe(code);
    expect(headers.getSetCookie()).toEqual([]);
  });

  it('413 for a body over 100 KB', async () => {
    expect((await login({ ...newCredentials(), password: 'canary-1'.repeat(13_000) })).status).toBe(413);
  });

  it('415 for plain text', async () => {
    const { status } = await call('POST', '/users/login', { body: JSON.stringify(newCredentials()) });
    expect(status).toBe(415);
  });

  it('422 without a password', async () => {
    const { status, body } = await login({ email: newCredentials().email });
    expect(status).toBe(422);
    expect(body.errors).toEqual([{ pointer: '/password', code: 'required', message: expect.any(String) }]);
  });
});
