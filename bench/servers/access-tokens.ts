import { generateKeyPairSync, sign } from 'node:crypto';
import { USER } from './canned.ts';

/** As many users as 128 connections need: each may have three streams open. */
const USERS = 64;
const KEY_ID = 'benchmark';

/** Creates access tokens with the claims of Cognito's, and so with about the same length, and the keys to verify them. */
export function accessTokens() {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const tokens = Array.from({ length: USERS }, (_, index) => tokenOf(userId(index)));
  return {
    tokens,
    jwks: { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: KEY_ID, alg: 'RS256', use: 'sig' }] },
  };

  function tokenOf(sub: string): string {
    const nowSeconds = Math.floor(Date.now() / 1000);
    const claims = {
      sub,
      iss: process.env.COGNITO_ISSUER,
      client_id: process.env.COGNITO_APP_CLIENT_ID,
      origin_jti: crypto.randomUUID(),
      event_id: crypto.randomUUID(),
      token_use: 'access',
      scope: 'aws.cognito.signin.user.admin',
      auth_time: nowSeconds,
      exp: nowSeconds + 3600,
      iat: nowSeconds,
      jti: crypto.randomUUID(),
      username: sub,
    };
    const signed = [{ kid: KEY_ID, alg: 'RS256' }, claims].map(encode).join('.');
    return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`;
  }
}

const userId = (index: number): string => USER.user_id.slice(0, -2) + (index + 16).toString(16);

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
