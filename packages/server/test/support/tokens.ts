import { createHmac, createPublicKey, createSign, randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { testConfig } from './server.ts';

const require = createRequire(import.meta.url);
/** The key that the emulator signs with. */
const { pem } = require('cognito-local/lib/keys/cognitoLocal.private.json') as { pem: string };

type Claims = Record<string, unknown>;
const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url');
const sign = (text: string): string => createSign('RSA-SHA256').update(text).sign(pem, 'base64url');

/** The claims of an access token as Cognito makes them; `undefined` leaves one out. */
export function claims(changes: Claims = {}): Claims {
  const { issuer: iss, clientId: client_id } = testConfig().cognito;
  const nowSeconds = Math.floor(Date.now() / 1000);
  const iat = nowSeconds - 10;
  return {
    sub: randomUUID(),
    iss,
    client_id,
    token_use: 'access',
    jti: randomUUID(),
    iat,
    exp: nowSeconds + 600,
    ...changes,
  };
}

/** A token of the emulator's own key, with whatever header and claims. */
export function token(payload: Claims = claims(), header: Claims = {}): string {
  const text = `${encode({ alg: 'RS256', kid: 'CognitoLocal', ...header })}.${encode(payload)}`;
  return `${text}.${sign(text)}`;
}

/** A token that claims no algorithm and has no signature. */
export const unsignedToken = (): string => `${encode({ alg: 'none', kid: 'CognitoLocal' })}.${encode(claims())}.`;

/** A token whose HMAC key is the public key, for verifiers that believe the header. */
export function confusedToken(): string {
  const text = `${encode({ alg: 'HS256', kid: 'CognitoLocal' })}.${encode(claims())}`;
  const key = createPublicKey(pem).export({ type: 'spki', format: 'pem' });
  return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
}
