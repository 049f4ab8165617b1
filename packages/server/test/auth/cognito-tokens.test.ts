import { beforeAll, describe, expect, it } from 'vitest';
import { cognitoTokens } from '../../src/auth/cognito-tokens.ts';
import { connect } from '../support/client.ts';
import { startServer, testConfig } from '../support/server.ts';
import { claims, confusedToken, token, unsignedToken } from '../support/tokens.ts';

const { call } = connect(await startServer());
const list = (accessToken: string) => call('GET', '/messages', { headers: { cookie: `access_token=${accessToken}` } });
const seconds = (offset: number) => Math.floor(Date.now() / 1000) + offset;

describe('an access token', () => {
  it('200 when it is whole', async () => {
    expect((await list(token())).status).toBe(200);
  });

  it.each([
    ['is no token', () => 'canary'],
    ['has two parts', () => 'canary.canary'],
    ['has no JSON in it', () => 'a.b.c'],
    ['has no signature', unsignedToken],
    ['is signed with the public key', confusedToken],
    ['was changed after it was signed', () => token().replace(/\.[^.]+\./, `.${token().split('.')[1]}.`)],
    ['has a signature cut short', () => token().slice(0, -10)],
    ['names a key that is not there', () => token(claims(), { kid: 'other' })],
    ['names no key', () => token(claims(), { kid: undefined })],
    ['names a list of keys', () => token(claims(), { kid: ['CognitoLocal'] })],
    ['brings its own key', () => token(claims(), { kid: undefined, jku: 'http://127.0.0.1:9/jwks.json' })],
    [
      'is of another issuer',
      () => token(claims({ iss: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_other' })),
    ],
    ['is of another client', () => token(claims({ client_id: 'other' }))],
    ['is of a client by its audience alone', () => token(claims({ client_id: undefined, aud: 'chatbot' }))],
    ['is an id token', () => token(claims({ token_use: 'id' }))],
    ['says not what it is for', () => token(claims({ token_use: undefined }))],
    ['has expired', () => token(claims({ exp: seconds(-1) }))],
    ['never expires', () => token(claims({ exp: undefined }))],
    ['expires in words', () => token(claims({ exp: 'tomorrow' }))],
    ['is not valid yet', () => token(claims({ nbf: seconds(60) }))],
    ['is nobody’s', () => token(claims({ sub: undefined }))],
    ['is of an empty subject', () => token(claims({ sub: '' }))],
    ['has no id', () => token(claims({ jti: undefined }))],
  ])('401 when it %s', async (_words, make) => {
    const { status, body } = await list(make());
    expect(status).toBe(401);
    expect(body).toMatchObject({ code: 'unauthenticated', detail: 'There is no valid session. Log in and try again.' });
  });
});

describe('the memory of verified tokens', () => {
  let nowMs = Date.now();
  const { verify } = { verify: cognitoTokens(testConfig().cognito, () => new Date(nowMs)) };
  const accessToken = token();
  beforeAll(() => {
    nowMs = Date.now();
  });

  it('gives the same answer without another look at the signature', async () => {
    expect(await verify(accessToken)).toBe(await verify(accessToken));
  });

  it('ends when the token does', async () => {
    const first = await verify(accessToken);
    nowMs = first.expiresAtMs;
    expect(await verify(accessToken)).not.toBe(first);
  });
});
