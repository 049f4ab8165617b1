import { Problem } from '@async-chatbot/shared/problem';
import { describe, expect, it } from 'vitest';
import { cognitoTokens } from '../../src/cognito/tokens.ts';
import { connect } from '../support/requests/client.ts';
import { claims, confusedToken, respelled, token, unsignedToken } from '../support/requests/tokens.ts';
import { signingKey } from '../support/servers/jwks-server.ts';
import { startServer, testConfig } from '../support/servers/server.ts';

const { call } = connect(await startServer());
const list = (accessToken: string) => call('GET', '/messages', { headers: { cookie: `access_token=${accessToken}` } });
const tokensAt = (now: () => number) => cognitoTokens(testConfig().cognito, () => new Date(now()));

const DAY = 24 * 60 * 60;
const seconds = (offset: number) => Math.floor(Date.now() / 1000) + offset;
const otherKey = signingKey('embedded').privateKey;

/** Each is a valid token except for what its label says. */
const BAD: [label: string, make: () => string][] = [
  ['is not a token', () => 'canary'],
  ['has two parts', () => 'canary.canary'],
  ['contains no JSON', () => 'a.b.c'],
  ['has no signature', unsignedToken],
  ['is signed with the public key', confusedToken],
  ['is signed with another key under our key’s id', () => token(claims(), {}, otherKey)],
  ['is signed with another algorithm', () => token(claims(), { alg: 'RS512' })],
  ['has a critical header', () => token(claims(), { crit: ['canary'], canary: true })],
  ['was changed after it was signed', () => token().replace(/\.[^.]+\./, `.${token().split('.')[1]}.`)],
  ['has a truncated signature', () => token().slice(0, -10)],
  ['has trailing characters', () => `${token()}==`],
  ['has a signature in another encoding', () => respelled(token())],
  ['is too long', () => token(claims({ canary: 'x'.repeat(9_000) }))],
  ['names an unknown key', () => token(claims(), { kid: 'other' })],
  ['names no key', () => token(claims(), { kid: undefined })],
  ['names a list of keys', () => token(claims(), { kid: ['embedded'] })],
  ['brings its own key', () => token(claims(), { kid: undefined, jku: 'http://127.0.0.1:9/jwks.json' })],
  [
    'is from another issuer',
    () => token(claims({ iss: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_other' })),
  ],
  ['is for another client', () => token(claims({ client_id: 'other' }))],
  ['names the client only as audience', () => token(claims({ client_id: undefined, aud: 'chatbot' }))],
  ['is an id token', () => token(claims({ token_use: 'id' }))],
  ['has no token_use', () => token(claims({ token_use: undefined }))],
  ['never expires', () => token(claims({ exp: undefined }))],
  ['has an expiry that is not a number', () => token(claims({ exp: 'tomorrow' }))],
  ['has an expiry in milliseconds', () => token(claims({ exp: Date.now() + 600_000 }))],
  ['lives longer than a day', () => token(claims({ iat: seconds(0), exp: seconds(DAY + 1) }))],
  ['is not valid yet', () => token(claims({ nbf: seconds(60) }))],
  ['was issued in the future', () => token(claims({ iat: seconds(120) }))],
  ['has no issue time', () => token(claims({ iat: undefined }))],
  ['has an issue time that is not a number', () => token(claims({ iat: 'yesterday' }))],
  ['has no subject', () => token(claims({ sub: undefined }))],
  ['has an empty subject', () => token(claims({ sub: '' }))],
  ['has no id', () => token(claims({ jti: undefined }))],
  ['has an empty id', () => token(claims({ jti: '' }))],
];
const expired = () => token(claims({ exp: seconds(-1) }));

describe('an access token', () => {
  it('200 if it is valid', async () => {
    expect((await list(token())).status).toBe(200);
  });

  it.each([...BAD, ['has expired', expired] as const])('401 if it %s', async (_label, make) => {
    const { status, headers, body } = await list(make());
    expect(status).toBe(401);
    expect(headers.get('www-authenticate')).toBe('Bearer realm="async-chatbot"');
    const same = JSON.stringify(new Problem('unauthenticated').toDocument(body.request_id));
    expect(JSON.stringify(body)).toBe(same);
  });

  it.each([
    ['from a clock that is a minute ahead', { iat: seconds(55) }],
    ['that lives for a day', { iat: seconds(-1), exp: seconds(DAY - 1) }],
    ['that has become valid', { nbf: seconds(-1) }],
  ])('200 for one %s', async (_label, changes) => {
    expect((await list(token(claims(changes)))).status).toBe(200);
  });
});

describe('the claims of a token', () => {
  const { verify } = tokensAt(Date.now);

  it('are returned as user, login time, session and expiry', async () => {
    const sent = { sub: 'canary-sub', auth_time: seconds(-3600), origin_jti: 'canary-origin', exp: seconds(60) };
    expect(await verify(token(claims(sent)))).toEqual({
      user: { id: 'canary-sub', loggedInAt: new Date(sent.auth_time * 1000) },
      sessionId: 'canary-origin',
      expiresAtMs: sent.exp * 1000,
    });
  });

  it.each([undefined, '', 7])('have their own id as session id if origin_jti is %j', async (origin_jti) => {
    expect(await verify(token(claims({ jti: 'canary-jti', origin_jti })))).toMatchObject({ sessionId: 'canary-jti' });
  });

  it.each([undefined, '1800000000', null])('count as an old login if auth_time is %j', async (auth_time) => {
    expect((await verify(token(claims({ auth_time })))).user.loggedInAt).toEqual(new Date(0));
  });
});

describe('the time', () => {
  let nowMs = Date.now();
  const { verify } = tokensAt(() => nowMs);
  const HOUR_MS = 3_600_000;

  it.each([-48 * HOUR_MS, 48 * HOUR_MS])('is taken from the given clock: %i ms from now', async (offsetMs) => {
    nowMs = Date.now() + offsetMs;
    const exp = Math.floor(nowMs / 1000) + 10;
    const accessToken = token(claims({ exp }, nowMs));
    await expect(verify(accessToken)).resolves.toMatchObject({ expiresAtMs: exp * 1000 });

    nowMs = exp * 1000 - 1;
    await verify(accessToken);
    nowMs = exp * 1000;
    await expect(verify(accessToken)).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(verify(token(claims({ exp }, nowMs)))).rejects.toMatchObject({ code: 'unauthenticated' });
  });
});

describe('the cache of verified tokens', () => {
  it('returns a token without verifying the signature again', async () => {
    const { verify } = tokensAt(Date.now);
    const accessToken = token();
    const first = await verify(accessToken);
    expect(await verify(accessToken)).toBe(first);
    expect(await verify(token())).not.toBe(first);
  });

  it('does not return an expired token', async () => {
    let nowMs = Date.now();
    const { verify } = tokensAt(() => nowMs);
    const accessToken = token();
    nowMs = (await verify(accessToken)).expiresAtMs;
    await expect(verify(accessToken)).rejects.toMatchObject({ code: 'unauthenticated' });
  });
});

describe('a token that may have expired', () => {
  const { verify, readExpired } = tokensAt(Date.now);

  it('is read if it is valid', async () => {
    const accessToken = token(claims({ sub: 'canary-sub', iat: seconds(-7200), exp: seconds(-3600) }));
    expect(await readExpired(accessToken)).toMatchObject({ user: { id: 'canary-sub' } });
    await expect(verify(accessToken)).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it('is not cached', async () => {
    const accessToken = token();
    const read = await readExpired(accessToken);
    const verified = await verify(accessToken);
    expect(verified).toEqual(read);
    expect(verified).not.toBe(read);
  });

  it.each(BAD)('is not read if it %s', async (_label, make) => {
    expect(await readExpired(make())).toBeUndefined();
  });

  it('throws while there are no keys', async () => {
    const jwksUri = 'http://127.0.0.1:9/jwks.json';
    const cold = cognitoTokens({ ...testConfig().cognito, jwksUri }, () => new Date());
    await expect(cold.readExpired(token())).rejects.toMatchObject({ code: 'service-unavailable' });
  });
});
