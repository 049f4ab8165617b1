import { hash } from 'node:crypto';
import { JwtVerifier } from 'aws-jwt-verify';
import { validateCognitoJwtFields } from 'aws-jwt-verify/cognito-verifier';
import type { Jwks } from 'aws-jwt-verify/jwk';
import { LRUCache } from 'lru-cache';

/** The user of an access token. */
export interface SessionUser {
  id: string;
  /** Logged instead of the id. */
  hash: string;
}

/** A cache of verified tokens in front of `aws-jwt-verify`, until they expire. Undefined for an invalid token. */
export async function sessions() {
  const { COGNITO_ISSUER = '', COGNITO_APP_CLIENT_ID = '', COGNITO_USER_POOL_ID } = process.env;
  const endpoint = process.env.AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER;
  const jwksUri = `${endpoint}/${COGNITO_USER_POOL_ID}/.well-known/jwks.json`;
  const verifier = JwtVerifier.create({
    issuer: COGNITO_ISSUER,
    jwksUri,
    audience: null,
    customJwtCheck: ({ payload }) =>
      validateCognitoJwtFields(payload, { tokenUse: 'access', clientId: COGNITO_APP_CLIENT_ID }),
  });
  // The library fetches keys only over https.
  verifier.cacheJwks((await (await fetch(jwksUri)).json()) as Jwks);
  const verified = new LRUCache<string, SessionUser>({ max: 10_000 });

  return async function userOf(token: string | undefined): Promise<SessionUser | undefined> {
    const known = token && verified.get(token);
    if (known || !token) return known || undefined;
    const payload = await verifier.verify(token).catch(() => undefined);
    if (!payload?.sub) return undefined;
    const user = { id: payload.sub, hash: hash('sha256', payload.sub).slice(0, 16) };
    verified.set(token, user, { ttl: (payload.exp ?? 0) * 1000 - Date.now() });
    return user;
  };
}
