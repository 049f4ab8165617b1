import { hash } from 'node:crypto';
import { JwtVerifier } from 'aws-jwt-verify';
import { FetchError } from 'aws-jwt-verify/error';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';
import type { CognitoJwtPayload } from 'aws-jwt-verify/jwt-model';
import { LRUCache } from 'lru-cache';
import { Problem } from '../problem.ts';
import type { User } from './identity.ts';

export interface TokenConfig {
  issuer: string;
  clientId: string;
  jwksUri: string;
}

/** A token that was verified, until it expires. */
export interface VerifiedToken {
  user: User;
  expiresAtMs: number;
  email?: string;
}

/** About 5 MB at the most. */
const REMEMBERED_TOKENS = 10_000;
const JWKS_TIMEOUT_MS = 3000;

/** Verifies Cognito's access tokens, each once: a signature costs a hundred times what remembering it does. */
export function cognitoTokens({ issuer, clientId, jwksUri }: TokenConfig, now: () => Date) {
  const remembered = new LRUCache<string, VerifiedToken>({ max: REMEMBERED_TOKENS });
  const verifier = JwtVerifier.create(
    { issuer, audience: null, jwksUri, customJwtCheck: ({ payload }) => checkClaims(payload, clientId) },
    { jwksCache: new SimpleJwksCache({ fetcher: { fetch: fetchJwks } }) },
  );

  /** Throws `unauthenticated` with the reason as its cause, or `service-unavailable` if the keys cannot be had. */
  return async function verify(token: string): Promise<VerifiedToken> {
    const key = hash('sha256', token, 'base64');
    const known = remembered.get(key);
    if (known && known.expiresAtMs > now().getTime()) return known;

    try {
      const { sub, exp } = await verifier.verify(token);
      const verified = { user: { id: sub as string }, expiresAtMs: (exp as number) * 1000 };
      remembered.set(key, verified);
      return verified;
    } catch (cause) {
      throw new Problem(cause instanceof FetchError ? 'service-unavailable' : 'unauthenticated', { cause });
    }
  };
}

/** What makes a token of Cognito's an access token of ours. The library accepts tokens without `exp` or `sub`. */
function checkClaims(payload: CognitoJwtPayload | Record<string, unknown>, clientId: string): void {
  const { token_use, client_id, exp, sub, jti } = payload as Record<string, unknown>;
  claim(token_use === 'access', 'token_use');
  claim(client_id === clientId, 'client_id');
  claim(typeof exp === 'number', 'exp');
  claim(typeof sub === 'string' && sub !== '', 'sub');
  claim(typeof jti === 'string' && jti !== '', 'jti');
}

function claim(holds: boolean, name: string): void {
  if (!holds) throw new InvalidClaimError(`Claim not accepted: ${name}`);
}

class InvalidClaimError extends Error {
  override name = 'InvalidClaimError';
}

async function fetchJwks(uri: string): Promise<ArrayBuffer> {
  const answer = await fetch(uri, { signal: AbortSignal.timeout(JWKS_TIMEOUT_MS), redirect: 'error' }).catch(
    (cause: unknown) => {
      throw new FetchError(uri, cause);
    },
  );
  if (!answer.ok) throw new FetchError(uri, `HTTP ${answer.status}`);
  return answer.arrayBuffer();
}
