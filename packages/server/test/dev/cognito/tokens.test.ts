import { JwtVerifier } from 'aws-jwt-verify';
import type { Jwks } from 'aws-jwt-verify/jwk';
import { expect, it } from 'vitest';
import { claims, token } from '../../support/requests/tokens.ts';
import { claimsOf, loggedInAt, startPool } from '../../support/servers/cognito-pool.ts';

const uuid = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const refused = { name: 'NotAuthorizedException' };

it('issues access and ID tokens with Cognito’s claims', async () => {
  const pool = await startPool();
  const { email, tokens } = await loggedInAt(pool);
  const access = claimsOf(tokens.access);
  const { sub, iat, origin_jti, event_id } = access;
  const common = { sub, iat, origin_jti, event_id, auth_time: iat, jti: uuid, exp: Number(iat) + 3600 };
  const iss = pool.environment.COGNITO_ISSUER;
  const scope = 'aws.cognito.signin.user.admin';
  expect(access).toEqual({ ...common, iss, scope, token_use: 'access', client_id: 'chatbot', username: sub });
  const user = { 'cognito:username': sub, email, email_verified: true };
  expect(claimsOf(tokens.id)).toEqual({ ...common, iss, ...user, token_use: 'id', aud: 'chatbot' });
  expect([sub, origin_jti, event_id]).toEqual([uuid, uuid, uuid]);
  expect(new Set([access.jti, origin_jti, claimsOf(tokens.id).jti]).size).toBe(3);
});

it('signs tokens with the published key', async () => {
  const pool = await startPool();
  const { tokens } = await loggedInAt(pool);
  const { COGNITO_ISSUER: issuer, COGNITO_USER_POOL_ID } = pool.environment;
  const jwksUri = `${pool.endpoint}/${COGNITO_USER_POOL_ID}/.well-known/jwks.json`;
  const verifier = JwtVerifier.create({ issuer, audience: null, jwksUri });
  verifier.cacheJwks((await (await fetch(jwksUri)).json()) as Jwks);
  for (const each of [tokens.access, tokens.id]) expect(verifier.verifySync(each)).toEqual(claimsOf(each));
});

it('issues access tokens with the configured lifetime', async () => {
  const pool = await startPool({ accessTokenSeconds: 5 });
  const { tokens } = await loggedInAt(pool);
  const { iat, exp } = claimsOf(tokens.access);
  expect([tokens.expiresIn, Number(exp) - Number(iat)]).toEqual([5, 5]);
  await pool.cognito.getUser({ AccessToken: tokens.access });
  pool.passes(5000);
  const request = pool.cognito.getUser({ AccessToken: tokens.access });
  await expect(request).rejects.toMatchObject({ ...refused, message: 'Access Token has expired' });
  expect(claimsOf((await pool.refresh(tokens.refresh)).access).exp).toBe(Number(exp) + 5);
});

it.each([
  ['is not a token', () => 'canary'],
  ['has an extra part', (access: string) => `${access}.canary`],
  ['has no signature', (access: string) => access.replace(/[^.]+$/, '')],
  [
    'was changed after it was signed',
    (access: string) => access.replace(/\.[^.]+\./, (part) => `.e30${part.slice(4)}`),
  ],
  ['is an id token', (_access: string, id: string) => id],
  ['has the token_use of an id token', (access: string) => token({ ...claimsOf(access), token_use: 'id' })],
  ['is for another client', (access: string) => token({ ...claimsOf(access), client_id: 'other' })],
  ['is from another pool', (access: string) => token({ ...claimsOf(access), iss: 'http://127.0.0.1/other' })],
  ['never expires', (access: string) => token({ ...claimsOf(access), exp: undefined })],
  ['names no session', (access: string) => token({ ...claimsOf(access), origin_jti: undefined })],
])('rejects an access token that %s', async (_label, change) => {
  const pool = await startPool();
  const { tokens } = await loggedInAt(pool);
  const AccessToken = change(tokens.access, tokens.id);
  await expect(pool.cognito.getUser({ AccessToken })).rejects.toMatchObject(refused);
});

it('does not find the user of an unknown subject’s token', async () => {
  const { cognito, environment } = await startPool();
  const AccessToken = token(claims({ iss: environment.COGNITO_ISSUER }));
  await expect(cognito.getUser({ AccessToken })).rejects.toMatchObject({ name: 'UserNotFoundException' });
});
