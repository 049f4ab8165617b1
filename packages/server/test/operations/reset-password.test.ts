import { describe, expect, it } from 'vitest';
import { connect, newCredentials } from '../support/requests/client.ts';
import { otherThan } from '../support/servers/cognito-pool.ts';
import { poolServer } from '../support/servers/pool-server.ts';
import { startServer } from '../support/servers/server.ts';

const { call } = connect(await startServer());
const path = '/users/password/reset';

/** A logged-in user who has received a reset code. */
async function userWithCode() {
  const server = await poolServer();
  const credentials = await server.pool.register();
  const session = connect(server.baseUrl);
  await session.call('POST', '/users/login', { json: credentials });
  await server.call('POST', '/users/password/forgot', { json: { email: credentials.email } });
  const { email, password } = credentials;
  const code = server.codeFor(email);
  return { ...server, session, credentials, email, code, reset: { email, code, password: `${password}-new` } };
}

describe('resetPassword', () => {
  it('200 and only the new password can log in', async () => {
    const { call, credentials, reset, email } = await userWithCode();
    const { status, body } = await call('POST', path, { json: reset });
    expect(status).toBe(200);
    expect(body).toEqual({ message: 'Password changed' });
    expect((await call('POST', '/users/login', { json: credentials })).status).toBe(401);
    expect((await call('POST', '/users/login', { json: { email, password: reset.password } })).status).toBe(200);
  });

  it('200 and all sessions of the account end', async () => {
    const { call, session, reset } = await userWithCode();
    expect((await session.call('GET', '/users/me')).status).toBe(200);
    await call('POST', path, { json: reset });
    expect((await session.call('GET', '/users/me')).status).toBe(401);
    expect((await session.call('POST', '/users/refresh')).body.code).toBe('session-expired');
  });

  it('400 for a wrong code, an unknown address and a used code alike', async () => {
    const { call, reset, code } = await userWithCode();
    const wrong = await call('POST', path, { json: { ...reset, code: otherThan(code) } });
    const unknown = await call('POST', path, { json: { ...reset, email: newCredentials().email } });
    await call('POST', path, { json: reset });
    const used = await call('POST', path, { json: reset });
    for (const { status, body } of [wrong, unknown, used]) {
      expect(status).toBe(400);
      expect(body).toMatchObject({ code: 'code-invalid', detail: wrong.body.detail });
    }
  });

  it('400 for the sixth wrong code too, since a limit would reveal an account', async () => {
    const { call, reset, code } = await userWithCode();
    const wrong = { ...reset, code: otherThan(code) };
    for (let n = 0; n < 7; n += 1) expect((await call('POST', path, { json: wrong })).body.code).toBe('code-invalid');
  });

  it('413 for a body over 100 KB', async () => {
    const json = { email: newCredentials().email, code: '1', password: 'canary-1'.repeat(13_000) };
    expect((await call('POST', path, { json })).status).toBe(413);
  });

  it('415 for plain text', async () => {
    expect((await call('POST', path, { body: 'canary' })).status).toBe(415);
  });

  it('422 for a password without a digit', async () => {
    const json = { email: newCredentials().email, code: '123456', password: 'canary-canary' };
    const { status, body } = await call('POST', path, { json });
    expect(status).toBe(422);
    expect(body.errors).toEqual([
      { pointer: '/password', code: 'pattern', message: expect.stringContaining('must contain a digit') },
    ]);
  });
});
