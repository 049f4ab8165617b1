import { hash } from 'node:crypto';
import type { User } from '@async-chatbot/core/ports/identity';
import { Problem } from '@async-chatbot/shared/problem';
import type { JwtHeader, JwtPayload } from 'aws-jwt-verify/jwt-model';
import { type JwkToKeyObjectTransformerAsync, KeyObjectCache, verifyJwt } from 'aws-jwt-verify/jwt-verifier';
import { LRUCache } from 'lru-cache';
import { cognitoJwks, JwksOutageError } from './jwks.ts';

export interface TokenConfig {
  issuer: string;
  clientId: string;
  jwksUri: string;
}

/** What an access token says, once it was verified. */
export interface VerifiedToken {
  user: User;
  /** The same in every access token that one login leads to, if the pool has token revocation enabled. */
  sessionId: string;
  expiresAtMs: number;
  email?: string;
}

/** About 5 MB at the most. */
const REMEMBERED_TOKENS = 10_000;
/** Node reads no more than 16 KiB of headers; Cognito's tokens have about 1000 characters, and more with many groups. */
const TOKEN_CHARS = 12 * 1024;
/** How far Cognito's clock may be ahead of ours. If it is behind, tokens expire a little early and are refreshed. */
const SKEW_SECONDS = 60;
/** The longest life that a pool can give its access tokens. */
const LIFETIME_SECONDS = 24 * 60 * 60;

/** Verifies Cognito's access tokens, each once: a signature costs a hundred times what remembering it does. */
export function cognitoTokens({ issuer, clientId, jwksUri }: TokenConfig, now: () => Date) {
  const remembered = new LRUCache<string, VerifiedToken>({ max: REMEMBERED_TOKENS });
  const keyObjects = new KeyObjectCache();
  const jwks = cognitoJwks(jwksUri, now, () => {
    keyObjects.clearCache(issuer);
    remembered.clear();
  });
  // Not by the issuer that a token names: nothing of it is verified yet, and what is kept would grow with it.
  const toKeyObject: JwkToKeyObjectTransformerAsync = (jwk, algorithm) =>
    keyObjects.transformJwkToKeyObjectAsync(jwk, algorithm, issuer);
  const isOver = ({ expiresAtMs }: VerifiedToken) => expiresAtMs <= now().getTime();

  return { verify, readExpired };

  /** Throws `unauthenticated` with the reason as its cause, or `service-unavailable` if the keys cannot be had. */
  async function verify(token: string): Promise<VerifiedToken> {
    const key = hash('sha256', token, 'base64');
    const known = jwks.inForce() && remembered.get(key);
    if (known && !isOver(known)) return known;

    const verified = await read(token);
    if (isOver(verified)) throw new Problem('unauthenticated', { cause: new InvalidTokenError('exp') });
    remembered.set(key, verified);
    return verified;
  }

  /** What a token says that may have expired and is whole otherwise; undefined if it is not. Throws for an outage. */
  async function readExpired(token: string): Promise<VerifiedToken | undefined> {
    return read(token).catch((problem: Problem) => {
      if (problem.code === 'unauthenticated') return undefined;
      throw problem;
    });
  }

  /** Everything but whether it has expired. */
  async function read(token: string): Promise<VerifiedToken> {
    try {
      claim(isCompact(token), 'form');
      // The library's clock is the machine's, so that its grace is for ever and the times are compared below.
      const options = { issuer, audience: null, graceSeconds: Number.POSITIVE_INFINITY, customJwtCheck: checkHeader };
      const payload = await verifyJwt(token, jwksUri, options, jwks.getJwk, toKeyObject);
      return toVerifiedToken(payload, clientId, now().getTime() / 1000);
    } catch (cause) {
      throw new Problem(cause instanceof JwksOutageError ? 'service-unavailable' : 'unauthenticated', { cause });
    }
  }
}

export type CognitoTokens = ReturnType<typeof cognitoTokens>;

/** RFC 7515, section 7.1, in the only spelling that base64url has for it; the library is more generous. */
const isCompact = (token: string): boolean =>
  token.length <= TOKEN_CHARS &&
  token.split('.').every((part) => Buffer.from(part, 'base64url').toString('base64url') === part);

/** `crit` names what a reader must understand (RFC 7515, section 4.1.11), and the library does not look. */
function checkHeader({ header: { alg, crit } }: { header: JwtHeader }): void {
  claim(alg === 'RS256', 'alg');
  claim(crit === undefined, 'crit');
}

/** What makes a token of Cognito's an access token of ours. The library asks for no claim but the issuer. */
function toVerifiedToken(payload: JwtPayload, clientId: string, nowSeconds: number): VerifiedToken {
  const { token_use, client_id, sub, jti, origin_jti, iat, nbf, exp, auth_time } = payload;
  claim(token_use === 'access', 'token_use');
  claim(client_id === clientId, 'client_id');
  claim(sub, 'sub');
  claim(jti, 'jti');
  claim(iat !== undefined && iat <= nowSeconds + SKEW_SECONDS, 'iat');
  claim(nbf === undefined || nbf <= nowSeconds, 'nbf');
  claim(exp !== undefined && exp <= iat + LIFETIME_SECONDS, 'exp');
  return {
    // Whoever does not say when he logged in did so too long ago for everything that asks.
    user: { id: sub, loggedInAt: new Date(typeof auth_time === 'number' ? auth_time * 1000 : 0) },
    sessionId: typeof origin_jti === 'string' && origin_jti ? origin_jti : jti,
    expiresAtMs: exp * 1000,
  };
}

function claim(holds: unknown, name: string): asserts holds {
  if (!holds) throw new InvalidTokenError(name);
}

/** `code` is what is not as it must be; the log has it. */
class InvalidTokenError extends Error {
  override name = 'InvalidTokenError';
  readonly code: string;

  constructor(code: string) {
    super(`Not accepted: ${code}`);
    this.code = code;
  }
}
