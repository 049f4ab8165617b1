import pino from 'pino';
import { describe, expect, it } from 'vitest';
import { leaksIn } from '../support/checks/canary.ts';
import { connect, loggedIn, newCredentials, sendMessage } from '../support/requests/client.ts';
import { failingDeps } from '../support/servers/failing-deps.ts';
import { startServer } from '../support/servers/server.ts';

type Line = Record<string, unknown>;

/** A server and its log lines. */
async function logged(deps = {}) {
  const lines: Line[] = [];
  const baseUrl = await startServer(deps, {
    log: pino({ base: null }, { write: (line) => lines.push(JSON.parse(line)) }),
  });
  return { baseUrl, lines, last: () => expect.poll(() => lines.at(-1)) };
}

describe('the log', () => {
  it('has one line per request: operation, status, duration, id and a hash of the user id', async () => {
    const { baseUrl, lines } = await logged();
    const ada = await loggedIn(baseUrl);
    const { headers } = await ada.call('GET', '/messages');
    await expect.poll(() => lines.length).toBe(3);
    expect(lines[2]).toMatchObject({
      operation: 'listMessages',
      method: 'GET',
      status: 200,
      durationMs: expect.any(Number),
      requestId: headers.get('x-request-id'),
      user: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
  });

  it('contains the reason for a rejection', async () => {
    const { baseUrl, last } = await logged();
    const { call } = connect(baseUrl);
    await call('GET', '/messages');
    await last().toMatchObject({ status: 401, problem: 'unauthenticated', reason: 'NoCredentialsError' });
    await call('GET', '/messages', { headers: { cookie: 'access_token=canary' } });
    await last().toMatchObject({ status: 401, reason: 'InvalidTokenError form' });
    await call('POST', '/users/login', { json: newCredentials() });
    await last().toMatchObject({ status: 401, problem: 'invalid-credentials', reason: 'NotAuthorizedException' });
  });

  it('contains the stack of an internal error, but not its message, which may quote the request', async () => {
    const { baseUrl, last } = await logged(failingDeps);
    await connect(baseUrl).call('POST', '/users/register', { json: newCredentials() });
    await last().toMatchObject({
      level: 50,
      reason: 'TypeError',
      frames: expect.arrayContaining([expect.stringContaining('failing-deps.ts')]),
    });
  });

  it('contains no password, address, text or token', async () => {
    const { baseUrl, lines } = await logged();
    const ada = await loggedIn(baseUrl);
    await sendMessage(ada);
    await ada.call('GET', '/users/me?canary=canary');
    await ada.call('PUT', '/messages/canary%0a{"level":60}', { json: { content: 'canary' } });
    await ada.call('POST', '/messages', { json: { canary: 'canary' } });
    await ada.call('GET', '/canary');
    await expect.poll(() => lines.length).toBe(7);
    expect(leaksIn(lines.map((line) => JSON.stringify(line)).join('\n'))).toEqual([]);
  });
});

describe('leaksIn', () => {
  it('finds a canary and a token', () => {
    expect(leaksIn('fine\n{"email":"Canary@example.com"}\n{"token":"eyJhbGciOiJSUzI1NiJ9"}')).toHaveLength(2);
  });
});
