/** The rate limits of every operation that the spec limits. */
import { randomUUID } from 'node:crypto';
import { document } from '@async-chatbot/api-spec';
import { operations } from '@async-chatbot/api-spec/operations';
import type { OperationId } from '@async-chatbot/core/operation';
import type { RateLimitName } from '@async-chatbot/core/ports/rate-limiter';
import { afterAll, describe, expect, it } from 'vitest';
import { embeddedDynamo } from '../../dev/dynamo.ts';
import { dynamoRateLimiter } from '../../src/dynamo/rate-limiter.ts';
import { type Client, connect, newCredentials } from '../support/requests/client.ts';
import { sampleRequest } from '../support/requests/sample-requests.ts';
import { claims, token } from '../support/requests/tokens.ts';
import { startServer } from '../support/servers/server.ts';

// A separate table: the limits of the other tests are high.
const dynamo = await embeddedDynamo();
afterAll(dynamo.close);

/** The deadline is long, since DynamoDB may be slow while other tests run; that is not an outage. */
const limiterOf = (perMinute: Partial<Record<RateLimitName, number>>) =>
  dynamoRateLimiter(
    {
      ...dynamo,
      region: 'local',
      secret: 'canary',
      perMinute: { address: 20, email: 5, account: 30, user: 10, refresh: 300, ...perMinute },
      deadlineMs: 10_000,
    },
    (error) => {
      throw error;
    },
  );

const unlimited = await startServer();
const strict = await startServer(
  { rateLimiter: limiterOf({ address: 1, email: 1, user: 1, refresh: 1 }) },
  { proxyHops: 1 },
);

let addresses = 0;
const newAddress = () => `198.51.100.${++addresses}`;

/** A client whose requests pass through one proxy. */
function from(address: string, client: Client): Client {
  const call: Client['call'] = (method, path, options) =>
    client.call(method, path, { ...options, headers: { ...options?.headers, 'x-forwarded-for': address } });
  return { ...client, call };
}

const limitsInSpec = (id: OperationId): string[] => {
  const { path, method } = operations[id];
  // The cast: an imported JSON document has a narrower type for each path.
  const item = (document.paths as Record<string, Record<string, { 'x-rate-limits'?: string[] }>>)[path];
  return item?.[method.toLowerCase()]?.['x-rate-limits'] ?? [];
};
const limited = (Object.keys(operations) as OperationId[]).filter((id) => limitsInSpec(id).length > 0);

it('operations that call Cognito without a session are limited by address', () => {
  const callers = ['registerUser', 'confirmUser', 'resendConfirmation', 'loginUser', 'forgotPassword', 'resetPassword'];
  for (const id of callers) expect(limitsInSpec(id as OperationId)).toEqual(['address', 'email', 'account']);
  expect(limitsInSpec('refreshSession')).toEqual(['refresh']);
});

describe.each(limited)('%s', (id) => {
  it('429 once the limit is reached, with the time to wait', async () => {
    const client = from(newAddress(), connect(strict));
    // Cognito has no user for this token, so no account changes; and no logout is later than this login.
    const auth_time = Math.floor(Date.now() / 1000) + 30;
    const accessToken = token(claims({ sub: randomUUID(), auth_time }));
    const setCookies = () => client.jar.set('access_token', accessToken).set('refresh_token', 'canary');

    setCookies();
    expect((await sampleRequest(id, client)).status).not.toBe(429);
    setCookies();
    const second = await sampleRequest(id, client);
    expect(second.status).toBe(429);
    expect(second.body.code).toBe('too-many-requests');
    expect(Number(second.headers.get('retry-after'))).toBeOneOf(Array.from({ length: 60 }, (_, n) => n + 1));
    expect(second.headers.get('ratelimit')).toMatch(/;r=0;t=\d+$/);
  });
});

describe('a server with default limits', () => {
  const server = startServer({ rateLimiter: limiterOf({}) }, { proxyHops: 1 });
  const login = (client: Client, json: unknown) => client.call('POST', '/users/login', { json });

  it('429 for 100 concurrent wrong logins, except for the limit', async () => {
    const client = from(newAddress(), connect(await server));
    const wrong = newCredentials();
    const responses = await Promise.all(Array.from({ length: 100 }, () => login(client, wrong)));
    expect(responses.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(responses.filter(({ status }) => status === 429)).toHaveLength(95);
  });

  it('429 for the address of an attacker who guesses many accounts, whose users can still log in', async () => {
    const credentials = newCredentials();
    await connect(unlimited).call('POST', '/users/register', { json: credentials });
    const guesser = from(newAddress(), connect(await server));
    const guesses = await Promise.all(Array.from({ length: 20 }, () => login(guesser, newCredentials())));
    expect(guesses.every(({ status }) => status === 401)).toBe(true);
    expect((await login(guesser, credentials)).status).toBe(429);
    expect((await login(from(newAddress(), connect(await server)), credentials)).status).toBe(200);
  });

  it('429 for an attacker who guesses one account, whose user can still log in from elsewhere', async () => {
    const credentials = newCredentials();
    await connect(unlimited).call('POST', '/users/register', { json: credentials });
    const guesser = from(newAddress(), connect(await server));
    const guess = { ...credentials, password: 'canary-wrong-1' };
    const guesses = await Promise.all(Array.from({ length: 20 }, () => login(guesser, guess)));
    expect(guesses.filter(({ status }) => status === 401)).toHaveLength(5);
    expect((await login(guesser, credentials)).status).toBe(429);
    expect((await login(from(newAddress(), connect(await server)), credentials)).status).toBe(200);
  });

  it('429 for many addresses that guess one account, whether or not it exists, after 30 guesses', async () => {
    const known = newCredentials();
    await connect(unlimited).call('POST', '/users/register', { json: known });
    for (const { email } of [known, newCredentials()]) {
      const guess = { email, password: 'canary-wrong-1' };
      const baseUrl = await server;
      const guesses = await Promise.all(
        Array.from({ length: 40 }, () => login(from(newAddress(), connect(baseUrl)), guess)),
      );
      expect(guesses.filter(({ status }) => status === 401)).toHaveLength(30);
      expect(guesses.filter(({ status }) => status === 429)).toHaveLength(10);
    }
  });

  it('429 despite spoofed addresses before the proxy’s own', async () => {
    const real = newAddress();
    const baseUrl = await server;
    const responses = await Promise.all(
      Array.from({ length: 25 }, (_, n) =>
        login(from(`${newAddress()}, 203.0.113.${n}, ${real}`, connect(baseUrl)), newCredentials()),
      ),
    );
    const statuses = responses.map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(20);
  });

  it('the headers contain the limits and what remains of them', async () => {
    const { headers } = await login(from(newAddress(), connect(await server)), newCredentials());
    expect(headers.get('ratelimit-policy')).toBe('"address";q=20;w=60, "email";q=5;w=60, "account";q=30;w=60');
    expect(headers.get('ratelimit')).toMatch(/^"address";r=19;t=\d+, "email";r=4;t=\d+, "account";r=29;t=\d+$/);
  });
});

it('429 whatever X-Forwarded-For contains if no proxy is trusted', async () => {
  const direct = await startServer({ rateLimiter: limiterOf({ address: 3 }) });
  const statuses: number[] = [];
  for (let n = 0; n < 6; n += 1) {
    const client = from(newAddress(), connect(direct));
    statuses.push((await client.call('POST', '/users/login', { json: newCredentials() })).status);
  }
  expect(statuses).toEqual([401, 401, 401, 429, 429, 429]);
});
