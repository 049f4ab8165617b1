import { describe, expect, it } from 'vitest';
import { connect, loggedIn } from '../support/requests/client.ts';
import { startServer } from '../support/servers/server.ts';

const baseUrl = await startServer();

describe('getCurrentUser', () => {
  it('200 with the id and email of the user', async () => {
    const ada = await loggedIn(baseUrl);
    const { status, body } = await ada.call('GET', '/users/me');
    expect(status).toBe(200);
    expect(body).toEqual({ user_id: expect.stringMatching(/^[0-9a-f-]{36}$/), email: ada.credentials.email });
    expect((await ada.call('GET', '/users/me')).body).toEqual(body);
  });

  it('200 with a bearer token', async () => {
    const ada = await loggedIn(baseUrl);
    const headers = { authorization: `Bearer ${ada.jar.get('access_token')}` };
    const { status, body } = await connect(baseUrl).call('GET', '/users/me', { headers });
    expect(status).toBe(200);
    expect(body.email).toBe(ada.credentials.email);
  });

  it('400 for both a cookie and a bearer token', async () => {
    const ada = await loggedIn(baseUrl);
    const headers = { authorization: `Bearer ${ada.jar.get('access_token')}` };
    const { status, body } = await ada.call('GET', '/users/me', { headers });
    expect(status).toBe(400);
    expect(body.code).toBe('ambiguous-credentials');
  });

  it('400 for two access cookies, as a parent domain may set', async () => {
    const ada = await loggedIn(baseUrl);
    const headers = { cookie: `access_token=${ada.jar.get('access_token')}; access_token=canary` };
    const { status, body } = await connect(baseUrl).call('GET', '/users/me', { headers });
    expect([status, body.code]).toEqual([400, 'ambiguous-credentials']);
    expect(body.detail).toContain('access_token');
    // The user is not locked out.
    expect((await connect(baseUrl).call('GET', '/health', { headers })).status).toBe(200);
    expect((await connect(baseUrl).call('POST', '/users/login', { headers, json: ada.credentials })).status).toBe(200);
  });

  it('401 without a session', async () => {
    const { status, body, headers } = await connect(baseUrl).call('GET', '/users/me');
    expect(status).toBe(401);
    expect(body.code).toBe('unauthenticated');
    expect(headers.get('www-authenticate')).toBe('Bearer realm="async-chatbot"');
  });

  it('422 for an unknown query parameter', async () => {
    expect((await (await loggedIn(baseUrl)).call('GET', '/users/me?fields=email')).status).toBe(422);
  });
});
