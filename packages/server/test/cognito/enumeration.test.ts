/** A stranger learns nothing about another account (ASVS 5.0, 6.3.8): bytes and headers are alike. */
import { describe, expect, it } from 'vitest';
import { newCredentials } from '../support/requests/client.ts';
import { CLIENT, startPool } from '../support/servers/cognito-pool.ts';
import { startServer, testDeps } from '../support/servers/server.ts';

type Credentials = ReturnType<typeof newCredentials>;

/** An answer to the byte, without what differs from one request to the next. */
async function bytesOf(baseUrl: string, path: string, json: object) {
  const response = await fetch(baseUrl + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(json),
  });
  const id = response.headers.get('x-request-id') ?? '';
  const headers = Object.fromEntries(response.headers);
  delete headers.date;
  // How much of a budget is left depends on how often one asked, not on who is asked about.
  delete headers.ratelimit;
  return JSON.stringify([response.status, headers, await response.text()]).replaceAll(id, 'id');
}

/** A pool that asks for codes, and a user in every state. */
async function aPool() {
  const pool = await startPool({ registration: 'confirm' });
  const { identity } = testDeps({ ...pool.environment, REGISTRATION: 'confirm' });
  const confirmed = async () => {
    const credentials = await pool.register();
    const code = pool.mail.findLast(({ email }) => email === credentials.email)?.code;
    await pool.cognito.confirmSignUp({ ...CLIENT, Username: credentials.email, ConfirmationCode: code });
    return credentials;
  };
  const people = {
    known: await confirmed(),
    unknown: newCredentials(),
    unconfirmed: await pool.register(),
    disabled: await confirmed(),
  };
  await pool.users.disable(people.disabled.email);
  return { baseUrl: await startServer({ identity }), people };
}

describe('an attacker who probes an address', () => {
  it.each([
    ['/users/login', ({ email }: Credentials) => ({ email, password: 'canary-wrong-1' })],
    ['/users/register', ({ email }: Credentials) => ({ email, password: 'canary-other-1' })],
    ['/users/password/forgot', ({ email }: Credentials) => ({ email })],
    ['/users/confirm/resend', ({ email }: Credentials) => ({ email })],
    ['/users/confirm', ({ email }: Credentials) => ({ email, code: '0' })],
    ['/users/password/reset', ({ email }: Credentials) => ({ email, code: '0', password: 'canary-other-1' })],
  ])('gets the same response from %s, whether or not there is an account', async (path, about) => {
    const { baseUrl, people } = await aPool();
    const answers = await Promise.all(Object.values(people).map((who) => bytesOf(baseUrl, path, about(who))));
    expect(answers).toHaveLength(4);
    expect(new Set(answers).size, answers.join('\n')).toBe(1);
  });

  it('gets the same response for a disabled account with the right password and an unknown one', async () => {
    const { baseUrl, people } = await aPool();
    const both = [people.disabled, people.unknown].map((who) => bytesOf(baseUrl, '/users/login', who));
    const [disabled, unknown] = await Promise.all(both);
    expect(disabled).toBe(unknown);
  });
});
