import { describe, expect, it } from 'vitest';
import { connect, newCredentials } from '../support/requests/client.ts';
import { poolServer } from '../support/servers/pool-server.ts';
import { startServer } from '../support/servers/server.ts';

const { call } = connect(await startServer());
const path = '/users/confirm/resend';

describe('resendConfirmation', () => {
  it('202 and an email with a new code that confirms the address', async () => {
    const { call, pool, codeFor } = await poolServer({ registration: 'confirm' });
    const credentials = newCredentials();
    const { email } = credentials;
    await call('POST', '/users/register', { json: credentials });
    const { status, body } = await call('POST', path, { json: { email } });
    expect(status).toBe(202);
    expect(body).toEqual({ message: 'Check your e-mail' });
    expect(pool.mail).toHaveLength(2);
    expect((await call('POST', '/users/confirm', { json: { email, code: codeFor(email) } })).status).toBe(200);
  });

  it('400 for a body that is not JSON', async () => {
    const headers = { 'content-type': 'application/json' };
    expect((await call('POST', path, { body: 'canary', headers })).status).toBe(400);
  });

  it('413 for a body over 100 KB', async () => {
    expect((await call('POST', path, { json: { email: 'canary'.repeat(18_000) } })).status).toBe(413);
  });

  it('415 for plain text', async () => {
    expect((await call('POST', path, { body: 'canary' })).status).toBe(415);
  });

  it('422 for an invalid email', async () => {
    const { status, body } = await call('POST', path, { json: { email: 'canary' } });
    expect(status).toBe(422);
    expect(body.errors).toEqual([{ pointer: '/email', code: 'format', message: expect.any(String) }]);
  });
});
