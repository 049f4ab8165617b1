import { describe, expect, it } from 'vitest';
import type { CognitoOptions } from '../../dev/cognito/emulator.ts';
import { operationProxy } from '../support/proxies/operation-proxy.ts';
import { connect, newCredentials } from '../support/requests/client.ts';
import { otherThan } from '../support/servers/cognito-pool.ts';
import { fakeCognito } from '../support/servers/fake-cognito.ts';
import { poolServer } from '../support/servers/pool-server.ts';
import { startServer, testDeps } from '../support/servers/server.ts';

const { call } = connect(await startServer());
const path = '/users/confirm';

/** A user who has registered on a server that requires codes. */
async function registered(options: CognitoOptions = {}) {
  const server = await poolServer({ registration: 'confirm', ...options });
  const credentials = newCredentials();
  await server.call('POST', '/users/register', { json: credentials });
  return { ...server, ...credentials, credentials, code: server.codeFor(credentials.email) };
}

describe('confirmUser', () => {
  it('200 with the code from the email, and the account can log in', async () => {
    const { call, email, code, credentials } = await registered();
    expect((await call('POST', '/users/login', { json: credentials })).body.code).toBe('email-not-confirmed');
    const { status, body } = await call('POST', path, { json: { email, code } });
    expect(status).toBe(200);
    expect(body).toEqual({ message: 'E-mail address confirmed' });
    expect((await call('POST', '/users/login', { json: credentials })).status).toBe(200);
  });

  it('200 with another password, which replaces that of an attacker who registered the address first (C10)', async () => {
    const { call, email, code, credentials: attacker } = await registered();
    const victim = { email, password: 'canary-Password2' };
    expect((await call('POST', '/users/register', { json: victim })).status).toBe(202);
    expect((await call('POST', path, { json: { ...victim, code } })).status).toBe(200);
    const login = await call('POST', '/users/login', { json: attacker });
    expect(login.body.code).toBe('invalid-credentials');
    expect((await call('POST', '/users/login', { json: victim })).status).toBe(200);
  });

  it('200 with another password ends a session that the attacker opened in the meantime', async () => {
    const { pool, email, code, credentials: attacker } = await registered();
    const endpoint = await operationProxy(pool.endpoint, async (operation) => {
      if (operation === 'AdminSetUserPassword') await attack.call('POST', '/users/login', { json: attacker });
      return undefined;
    });
    const { identity } = testDeps({ ...pool.environment, AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: endpoint });
    const baseUrl = await startServer({ identity });
    const { call } = connect(baseUrl);
    const attack = connect(baseUrl);
    const victim = { email, password: 'canary-Password2' };
    expect((await call('POST', path, { json: { ...victim, code } })).status).toBe(200);
    expect([...attack.jar.keys()]).toEqual(['access_token', 'refresh_token']);
    expect((await attack.call('GET', '/users/me')).status).toBe(401);
    expect((await attack.call('POST', '/users/refresh')).status).toBe(401);
    expect((await call('POST', '/users/login', { json: victim })).status).toBe(200);
  });

  it('403 with another password if the server cannot replace it, and a reset locks the attacker out', async () => {
    const { baseUrl, call, codeFor, email, code, credentials: attacker } = await registered({ allowAdmin: false });
    const victim = { email, password: 'canary-Password2' };
    const { status, body } = await call('POST', path, { json: { ...victim, code } });
    expect(status).toBe(403);
    expect(body.code).toBe('password-reset-required');
    const attack = connect(baseUrl);
    await attack.call('POST', '/users/login', { json: attacker });
    expect((await attack.call('GET', '/users/me')).status).toBe(200);

    await call('POST', '/users/password/forgot', { json: { email } });
    const reset = { ...victim, code: codeFor(email) };
    expect((await call('POST', '/users/password/reset', { json: reset })).status).toBe(200);
    expect((await attack.call('GET', '/users/me')).status).toBe(401);
    expect((await call('POST', '/users/login', { json: attacker })).body.code).toBe('invalid-credentials');
    expect((await call('POST', '/users/login', { json: victim })).status).toBe(200);
  });

  it('400 for a wrong code, an unknown address and a used code alike', async () => {
    const { call, email, code } = await registered();
    const wrong = await call('POST', path, { json: { email, code: otherThan(code) } });
    const unknown = await call('POST', path, { json: { email: newCredentials().email, code } });
    await call('POST', path, { json: { email, code } });
    const used = await call('POST', path, { json: { email, code } });
    for (const { status, body } of [wrong, unknown, used]) {
      expect(status).toBe(400);
      expect(body).toMatchObject({ code: 'code-invalid', detail: wrong.body.detail });
    }
  });

  it('409 if another account has confirmed the address in the meantime', async () => {
    // Cognito responds like this if addresses are aliases.
    const endpoint = await fakeCognito({ __type: 'AliasExistsException' });
    const { identity } = testDeps({ AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: endpoint });
    const { call } = connect(await startServer({ identity }));
    const { status, body } = await call('POST', path, { json: { email: newCredentials().email, code: '123456' } });
    expect(status).toBe(409);
    expect(body.code).toBe('email-taken');
  });

  it('413 for a body over 100 KB', async () => {
    expect((await call('POST', path, { json: { email: 'canary'.repeat(18_000), code: '1' } })).status).toBe(413);
  });

  it('415 for plain text', async () => {
    expect((await call('POST', path, { body: 'canary' })).status).toBe(415);
  });

  it('422 for a code with a space', async () => {
    const { status, body } = await call('POST', path, { json: { email: newCredentials().email, code: '123 456' } });
    expect(status).toBe(422);
    expect(body.errors).toEqual([
      { pointer: '/code', code: 'pattern', message: 'must be the emailed code, letters and digits only' },
    ]);
  });
});
