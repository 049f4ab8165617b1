/** Responses do not reveal whether an account exists (ASVS 5.0, 6.3.8): status, headers and body are identical. */
import { describe, expect, it } from 'vitest';
import { newCredentials } from '../support/requests/client.ts';
import { CLIENT, startPool } from '../support/servers/cognito-pool.ts';
import { startServer, testDeps } from '../support/servers/server.ts';

type Credentials = ReturnType<typeof newCredentials>;

/** A response's status, headers and body, without what differs for every request. */
async function rawResponse(baseUrl: string, path: string, json: object) {
  const response = await fetch(baseUrl + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(json),
  });
  const id = response.headers.get('x-request-id') ?? '';
  const headers = Object.fromEntries(response.headers);
  delete headers.date;
  // The remaining rate limit depends on the number of requests, not on the account.
  delete headers.ratelimit;
  return JSON.stringify([response.status, headers, await response.text()]).replaceAll(id, 'id');
}

/** A pool that requires confirmation codes, with a user in every state. */
async function poolWithUsers() {
  const pool = await startPool({ registration: 'confirm' });
  const { identity } = testDeps({ ...pool.environment, REGISTRATION: 'confirm' });
  const confirmed = async () => {
    const credentials = await pool.register();
    const code = pool.mail.findLast(({ email }) => email === credentials.email)?.code;
    await pool.cognito.confirmSignUp({ ...CLIENT, Username: credentials.email, ConfirmationCode: code });
    return credentials;
  };
  const users = {
    known: await confirmed(),
    unknown: newCredentials(),
    unconfirmed: await pool.register(),
    disabled: await confirmed(),
  };
  await pool.users.disable(users.disabled.email);
  return { baseUrl: await startServer({ identity }), users };
}

describe('an attacker who probes an address', () => {
  it.each([
    ['/users/login', ({ email }: Credentials) => ({ email, password: 'canary-wrong-1' })],
    ['/users/register', ({ email }: Credentials) => ({ email, password: 'canary-other-1' })],
    ['/users/password/forgot', ({ email }: Credentials) => ({ email })],
    ['/users/confirm/resend', ({ email }: Credentials) => ({ email })],
    ['/users/confirm', (credentials: Credentials) => ({ ...credentials, code: '0' })],
    ['/users/password/reset', ({ email }: Credentials) => ({ email, code: '0', password: 'canary-other-1' })],
  ])('gets the same response from %s, whether or not there is an account', async (path, bodyFor) => {
    const { baseUrl, users } = await poolWithUsers();
    const responses = await Promise.all(Object.values(users).map((user) => rawResponse(baseUrl, path, bodyFor(user))));
    expect(responses).toHaveLength(4);
    expect(new Set(responses).size, responses.join('\n')).toBe(1);
  });

  it('gets the same response for a disabled account with the right password and an unknown one', async () => {
    const { baseUrl, users } = await poolWithUsers();
    const both = [users.disabled, users.unknown].map((user) => rawResponse(baseUrl, '/users/login', user));
    const [disabled, unknown] = await Promise.all(both);
    expect(disabled).toBe(unknown);
  });
});
