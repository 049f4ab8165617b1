import { createHmac, createPublicKey, createSign, type KeyLike, randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { testConfig } from '../servers/server.ts';

/** The key that the emulator signs with. */
const pem = inject('signingKey');

type Claims = Record<string, unknown>;
const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url');

/** The claims of an access token as Cognito makes them; `undefined` leaves one out. */
export function claims(changes: Claims = {}, nowMs = Date.now()): Claims {
  const { issuer: iss, clientId: client_id } = testConfig().cognito;
  const nowSeconds = Math.floor(nowMs / 1000);
  const iat = nowSeconds - 10;
  return {
    sub: randomUUID(),
    iss,
    client_id,
    origin_jti: randomUUID(),
    token_use: 'access',
    auth_time: iat,
    jti: randomUUID(),
    iat,
    exp: nowSeconds + 600,
    ...changes,
  };
}

/** A token with any header and claims, signed with the emulator's key or another one. */
export function token(payload: Claims = claims(), header: Claims = {}, key: KeyLike = pem): string {
  const head = { alg: 'RS256', kid: 'embedded', ...header };
  const text = `${encode(head)}.${encode(payload)}`;
  return `${text}.${createSign(head.alg.replace('RS', 'RSA-SHA')).update(text).sign(key, 'base64url')}`;
}

/** A token that claims no algorithm and has no signature. */
export const unsignedToken = (): string => `${encode({ alg: 'none', kid: 'embedded' })}.${encode(claims())}.`;

/** A token whose HMAC key is the public key, for verifiers that trust the header. */
export function confusedToken(): string {
  const text = `${encode({ alg: 'HS256', kid: 'embedded' })}.${encode(claims())}`;
  const key = createPublicKey(pem).export({ type: 'spki', format: 'pem' });
  return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
}

/** The same token with another encoding of its signature, whose last character has unused bits. */
export function respelled(accessToken: string): string {
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return accessToken.slice(0, -1) + digits[digits.indexOf(accessToken.slice(-1)) + 1];
}
