import { describe, expect, it } from 'vitest';
import { connect, newCredentials } from '../support/requests/client.ts';
import { fakeCognito } from '../support/servers/fake-cognito.ts';
import { poolServer } from '../support/servers/pool-server.ts';
import { startServer, testDeps } from '../support/servers/server.ts';

const { call } = connect(await startServer());
const register = (json: unknown) => call('POST', '/users/register', { json });

const PASSWORD_RULES =
  'must contain a digit, must not start or end with a space, and must not contain line breaks, NUL or unpaired surrogates';

describe('registerUser', () => {
  it('201 and the account can log in at once', async () => {
    const credentials = newCredentials();
    const { status, body } = await register(credentials);
    expect(status).toBe(201);
    expect(body).toEqual({ message: 'User created successfully' });
    expect((await call('POST', '/users/login', { json: credentials })).status).toBe(200);
  });

  it('201 sets no cookie', async () => {
    expect((await register(newCredentials())).headers.getSetCookie()).toEqual([]);
  });

  it('202 for a new and a taken address alike, if a code is required', async () => {
    const { call, pool } = await poolServer({ registration: 'confirm' });
    const credentials = newCredentials();
    const registered = await call('POST', '/users/register', { json: credentials });
    const taken = await call('POST', '/users/register', { json: { ...credentials, password: 'canary-other-1' } });
    for (const { status, body } of [registered, taken]) {
      expect(status).toBe(202);
      expect(body).toEqual({ message: 'Check your e-mail' });
    }
    expect(pool.mail).toHaveLength(1);
  });

  it.each(['CodeDeliveryFailureException', 'LimitExceededException'])(
    '202 if Cognito created the account but could not send the email: %s',
    async (__type) => {
      const { identity } = testDeps({ AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: await fakeCognito({ __type }) });
      const { call } = connect(await startServer({ identity }));
      expect((await call('POST', '/users/register', { json: newCredentials() })).status).toBe(202);
    },
  );

  it('400 for a body that is not JSON', async () => {
    const headers = { 'content-type': 'application/json' };
    const { status, body } = await call('POST', '/users/register', { body: '{"email":', headers });
    expect(status).toBe(400);
    expect(body.code).toBe('malformed-request');
  });

  it('409 for a taken address, whatever its case', async () => {
    const credentials = newCredentials();
    await register(credentials);
    for (const email of [credentials.email, credentials.email.toUpperCase()]) {
      const { status, body } = await register({ ...credentials, email });
      expect(status).toBe(409);
      expect(body.code).toBe('email-taken');
    }
  });

  it('413 for a body over 100 KB', async () => {
    expect((await register({ ...newCredentials(), password: 'canary-1'.repeat(13_000) })).status).toBe(413);
  });

  it('415 for a form', async () => {
    const { status, body } = await call('POST', '/users/register', {
      body: new URLSearchParams(newCredentials()).toString(),
    });
    expect(status).toBe(415);
    expect(body.code).toBe('unsupported-media-type');
  });

  it.each([
    ['is shorter than eight characters', 'canary1', 'must be at least 8 characters'],
    ['has no digit', 'canary-canary', PASSWORD_RULES],
    ['begins with a space', ' canary-1', PASSWORD_RULES],
    ['contains a line break', 'canary-1\ncanary', PASSWORD_RULES],
    ['contains an unpaired surrogate', 'canary-1\ud800', PASSWORD_RULES],
  ])('422 for a password that %s', async (_label, password, message) => {
    const { status, body } = await register({ ...newCredentials(), password });
    expect(status).toBe(422);
    expect(body.errors).toEqual([{ pointer: '/password', code: expect.any(String), message }]);
  });

  it('422 with one error per invalid property', async () => {
    const { status, body } = await register({ email: 'canary', password: '', role: 'admin' });
    expect(status).toBe(422);
    const pointers = body.errors.map(({ pointer }: { pointer: string }) => pointer);
    expect(new Set(pointers)).toEqual(new Set(['/email', '/password', '/role']));
  });
});
