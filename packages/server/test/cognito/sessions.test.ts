import { Problem } from '@async-chatbot/shared/problem';
import { expect, it } from 'vitest';
import { cognitoIdentity } from '../../src/cognito/identity.ts';
import type { Revocations } from '../../src/cognito/revocations.ts';
import { claims, token } from '../support/requests/tokens.ts';
import { fakeCognito } from '../support/servers/fake-cognito.ts';
import { testConfig, testDeps } from '../support/servers/server.ts';

type Operation =
  | 'GetTokensFromRefreshToken'
  | 'RevokeToken'
  | 'GlobalSignOut'
  | 'ChangePassword'
  | 'GetUser'
  | 'InitiateAuth';

/** An identity whose Cognito gives scripted responses, and a counter of its requests. */
async function scripted(script: Partial<Record<Operation, () => Record<string, unknown>>>) {
  const requests: string[] = [];
  const endpoint = await fakeCognito((operation) => {
    requests.push(operation);
    return script[operation as Operation]?.() ?? { __type: 'InternalErrorException' };
  });
  const { identity } = testDeps({ AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: endpoint });
  const count = (operation: Operation) => requests.filter((name) => name === operation).length;
  return { identity, count };
}

const authenticationResult = (accessToken: string, RefreshToken?: string) => ({
  AuthenticationResult: { AccessToken: accessToken, RefreshToken },
});
const sessionToken = (changes = {}) => token(claims({ origin_jti: crypto.randomUUID(), ...changes }));

it('concurrent refreshes of one token share one request', async () => {
  const { identity, count } = await scripted({
    GetTokensFromRefreshToken: () => authenticationResult(sessionToken(), `canary-${Math.random()}`),
  });
  const sessions = await Promise.all(Array.from({ length: 20 }, () => identity.refresh({ refreshToken: 'canary' })));
  expect(count('GetTokensFromRefreshToken')).toBe(1);
  expect(new Set(sessions.map(({ refreshToken }) => refreshToken)).size).toBe(1);
  await identity.refresh({ refreshToken: 'canary' });
  expect(count('GetTokensFromRefreshToken')).toBe(2);
});

it('a refresh of another token is a separate request', async () => {
  const { identity, count } = await scripted({ GetTokensFromRefreshToken: () => authenticationResult(sessionToken()) });
  await Promise.all(['canary-1', 'canary-2'].map((refreshToken) => identity.refresh({ refreshToken })));
  expect(count('GetTokensFromRefreshToken')).toBe(2);
});

it('a session keeps its refresh token if the pool does not rotate tokens', async () => {
  const { identity } = await scripted({ GetTokensFromRefreshToken: () => authenticationResult(sessionToken()) });
  expect(await identity.refresh({ refreshToken: 'canary' })).toMatchObject({ refreshToken: 'canary' });
});

it('a session stays logged out even if Cognito was down and would still refresh it', async () => {
  const accessToken = sessionToken();
  const { identity, count } = await scripted({
    GetTokensFromRefreshToken: () => authenticationResult(accessToken, 'canary-next'),
  });
  await identity.logout({ accessToken, refreshToken: 'canary' });
  await expect(identity.verify({ accessToken })).rejects.toMatchObject({ code: 'unauthenticated' });
  const refreshed = identity.refresh({ refreshToken: 'canary' });
  await expect(refreshed).rejects.toMatchObject({ code: 'session-expired' });
  // The first by the logout, the second to revoke the token that Cognito has just issued.
  expect(count('RevokeToken')).toBe(2);
});

it('a logout with an expired access token ends the session too', async () => {
  const origin_jti = crypto.randomUUID();
  const longAgo = Math.floor(Date.now() / 1000) - 7200;
  const { identity } = await scripted({});
  const accessToken = sessionToken({ origin_jti, iat: longAgo, exp: longAgo + 3600 });
  await identity.logout({ accessToken, refreshToken: 'canary' });
  const refreshed = sessionToken({ origin_jti });
  await expect(identity.verify({ accessToken: refreshed })).rejects.toMatchObject({ code: 'unauthenticated' });
});

it('a logout that cannot revoke the refresh token is stored for the token’s lifetime', async () => {
  const storedForMs: number[] = [];
  const revocations: Revocations = {
    has: async () => false,
    hasNow: async () => false,
    revokeSession: async (_id, forMs) => void storedForMs.push(forMs),
    revokeUser: async () => undefined,
  };
  const endpoint = await fakeCognito({});
  const { cognito } = testConfig({ AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: endpoint });
  const identity = cognitoIdentity(cognito, revocations, () => new Date());
  await identity.logout({ accessToken: sessionToken(), refreshToken: 'canary' });
  expect(storedForMs).toEqual([24 * 3_600_000]);
  await identity.logout({ accessToken: sessionToken() });
  expect(storedForMs.at(-1)).toBe(30 * 24 * 3_600_000);
});

it('`logoutEverywhere` calls Cognito even if the revocation cannot be stored', async () => {
  let signedOut = false;
  const endpoint = await fakeCognito((operation) => {
    signedOut ||= operation === 'GlobalSignOut';
    return {};
  });
  const { cognito } = testConfig({ AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: endpoint });
  const revocations: Revocations = {
    has: async () => false,
    hasNow: async () => false,
    revokeSession: async () => undefined,
    revokeUser: async () => {
      throw new Problem('service-unavailable');
    },
  };
  const identity = cognitoIdentity(cognito, revocations, () => new Date());
  const ended = identity.logoutEverywhere({ accessToken: sessionToken() });
  await expect(ended).rejects.toMatchObject({ code: 'service-unavailable' });
  expect(signedOut).toBe(true);
});

it('`logoutEverywhere` ends every session even if Cognito is down', async () => {
  const sub = crypto.randomUUID();
  const auth_time = Math.floor(Date.now() / 1000) - 60;
  const { identity } = await scripted({});
  const [phone, laptop] = [sessionToken({ sub, auth_time }), sessionToken({ sub, auth_time })];
  await identity.logoutEverywhere({ accessToken: phone });
  for (const accessToken of [phone, laptop])
    await expect(identity.verify({ accessToken })).rejects.toMatchObject({ code: 'unauthenticated' });
});

it('after a password change, the user has to log in again if the login has a challenge', async () => {
  const { identity } = await scripted({
    GetUser: () => ({ Username: 'canary', UserAttributes: [{ Name: 'email', Value: 'canary@example.com' }] }),
    ChangePassword: () => ({}),
    InitiateAuth: () => ({ ChallengeName: 'SOFTWARE_TOKEN_MFA', Session: 'canary' }),
  });
  const change = { current_password: 'canary-1', new_password: 'canary-2' };
  expect(await identity.changePassword({ accessToken: sessionToken() }, change)).toBeNull();
});

it.each([
  [
    'ahead',
    { iat: Math.floor(Date.now() / 1000) + 120 },
    { name: 'ClockSkewError', code: expect.stringMatching(/^1[12]\ds$/) },
  ],
  ['a day behind', { exp: Math.floor(Date.now() / 1000) - 5 }, { name: 'InvalidTokenError' }],
])('503 with the reason for the log if the clock of Cognito is %s', async (_label, changes, cause) => {
  const { identity } = await scripted({
    InitiateAuth: () => authenticationResult(sessionToken(changes), 'canary'),
    GetTokensFromRefreshToken: () => authenticationResult(sessionToken(changes), 'canary'),
  });
  const problem = { code: 'service-unavailable', cause };
  await expect(identity.login({ email: 'canary@example.com', password: 'canary' })).rejects.toMatchObject(problem);
  await expect(identity.refresh({ refreshToken: 'canary' })).rejects.toMatchObject(problem);
});
