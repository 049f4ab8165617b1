import { describe, expect, it } from 'vitest';
import { connect } from '../support/requests/client.ts';
import { poolServer } from '../support/servers/pool-server.ts';
import { startServer } from '../support/servers/server.ts';

const { call } = connect(await startServer());
const path = '/users/password/forgot';

describe('forgotPassword', () => {
  it('202 and an email with a code that resets the password', async () => {
    const { call, pool, codeFor } = await poolServer();
    const { email, password } = await pool.register();
    const { status, body } = await call('POST', path, { json: { email } });
    expect(status).toBe(202);
    expect(body).toEqual({ message: 'Check your e-mail' });
    const reset = { email, code: codeFor(email), password: `${password}-new` };
    expect((await call('POST', '/users/password/reset', { json: reset })).status).toBe(200);
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
