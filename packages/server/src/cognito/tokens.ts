import { hash } from 'node:crypto';
import type { User } from '@async-chatbot/core/ports/identity';
import { Problem } from '@async-chatbot/shared/problem';
import { JwtVerifier } from 'aws-jwt-verify';
import { validateCognitoJwtFields } from 'aws-jwt-verify/cognito-verifier';
import { LRUCache } from 'lru-cache';
import { assertToken, InvalidTokenError } from './invalid-token.ts';
import { cognitoJwks, JwksOutageError } from './jwks.ts';

export interface TokenConfig {
  issuer: string;
  clientId: string;
  jwksUri: string;
}

/** The claims of a verified access token. */
export interface VerifiedToken {
  user: User;
  /** The same in all access tokens of a login, if the pool has token revocation enabled. */
  sessionId: string;
  expiresAtMs: number;
  email?: string;
}

/** At most about 5 MB. */
const MAX_CACHED_TOKENS = 10_000;
/** Node limits headers to 16 KiB. Cognito's tokens are about 1000 characters long, and longer with many groups. */
const MAX_TOKEN_CHARS = 12 * 1024;
/** How far Cognito's clock may be ahead. If it is behind, tokens expire a little early and are refreshed. */
const SKEW_SECONDS = 60;
/** Cognito's maximum lifetime of an access token. */
const MAX_LIFETIME_SECONDS = 24 * 60 * 60;

/** Verifies Cognito's access tokens and caches the result, since verifying a signature takes thirty times as long. */
export function cognitoTokens(config: TokenConfig, now: () => Date) {
  const verifiedTokens = new LRUCache<string, VerifiedToken>({ max: MAX_CACHED_TOKENS });
  const jwks = cognitoJwks(config, now, (keys) => {
    verifiedTokens.clear();
    // Drops the verifier's parsed keys, which it caches by key id.
    verifier.cacheJwks(keys);
  });
  const verifier = JwtVerifier.create(
    {
      issuer: config.issuer,
      jwksUri: config.jwksUri,
      // Only ID tokens have an audience.
      audience: null,
      // The library only supports the system clock, so `read` compares times with `now`.
      graceSeconds: Number.POSITIVE_INFINITY,
      customJwtCheck({ header, payload }) {
        // The library accepts every asymmetric algorithm, and ignores `crit` (RFC 7515, section 4.1.11).
        assertToken(header.alg === 'RS256', 'alg');
        assertToken(header.crit === undefined, 'crit');
        validateCognitoJwtFields(payload, { tokenUse: 'access', clientId: config.clientId });
      },
    },
    { jwksCache: jwks.cache },
  );
  const isExpired = ({ expiresAtMs }: VerifiedToken) => expiresAtMs <= now().getTime();

  return { verify, verifyIssued, readExpired };

  /** Throws `unauthenticated` with the reason as its cause, or `service-unavailable` if there are no keys. */
  async function verify(token: string): Promise<VerifiedToken> {
    const key = hash('sha256', token, 'base64');
    const cached = jwks.areUsable() && verifiedTokens.get(key);
    if (cached && !isExpired(cached)) return cached;

    const verified = await read(token);
    if (isExpired(verified)) throw new Problem('unauthenticated', { cause: new InvalidTokenError('exp') });
    verifiedTokens.set(key, verified);
    return verified;
  }

  /** For a token that Cognito has just issued. Throws `service-unavailable` with the reason, such as clock skew, as its cause. */
  async function verifyIssued(token: string): Promise<VerifiedToken> {
    return verify(token).catch(({ cause }: Problem) => {
      throw new Problem('service-unavailable', { cause });
    });
  }

  /** Like `verify`, but accepts expired tokens. Undefined for invalid ones. Throws `service-unavailable` if there are no keys. */
  async function readExpired(token: string): Promise<VerifiedToken | undefined> {
    return read(token).catch((problem: Problem) => {
      if (problem.code === 'unauthenticated') return undefined;
      throw problem;
    });
  }

  /** Verifies everything but the expiry. */
  async function read(token: string): Promise<VerifiedToken> {
    try {
      assertToken(isCompact(token), 'form');
      const { sub, jti, origin_jti, iat, nbf, exp, auth_time } = await verifier.verify(token);
      const nowSeconds = now().getTime() / 1000;
      // The library requires none of these claims.
      assertToken(sub, 'sub');
      assertToken(jti, 'jti');
      assertToken(iat !== undefined, 'iat');
      if (iat > nowSeconds + SKEW_SECONDS) throw new ClockSkewError(iat - nowSeconds);
      assertToken(nbf === undefined || nbf <= nowSeconds, 'nbf');
      assertToken(exp !== undefined && exp <= iat + MAX_LIFETIME_SECONDS, 'exp');
      return {
        // A token without `auth_time` counts as an old login.
        user: { id: sub, loggedInAt: new Date(typeof auth_time === 'number' ? auth_time * 1000 : 0) },
        sessionId: typeof origin_jti === 'string' && origin_jti ? origin_jti : jti,
        expiresAtMs: exp * 1000,
      };
    } catch (cause) {
      throw new Problem(cause instanceof JwksOutageError ? 'service-unavailable' : 'unauthenticated', { cause });
    }
  }
}

/** Cognito's clock is ahead of this machine's. */
class ClockSkewError extends Error {
  override name = 'ClockSkewError';
  readonly code: string;

  constructor(seconds: number) {
    super();
    this.code = `${Math.round(seconds)}s`;
  }
}

export type CognitoTokens = ReturnType<typeof cognitoTokens>;

/** Checks the length, and that all parts are canonical base64url (RFC 7515, section 7.1), unlike the library. */
const isCompact = (token: string): boolean =>
  token.length <= MAX_TOKEN_CHARS &&
  token.split('.').every((part) => Buffer.from(part, 'base64url').toString('base64url') === part);
