import { isDeepStrictEqual } from 'node:util';
import { assertIsJwks, type Jwk, type Jwks, SimpleJwksCache } from 'aws-jwt-verify/jwk';
import { LRUCache } from 'lru-cache';
import { getBytes } from './get-bytes.ts';
import { assertToken, InvalidTokenError } from './invalid-token.ts';

/** Older keys are fetched again in the background. */
const STALE_MS = 10 * 60_000;
/** Older keys are not used, not even during an outage. */
const MAX_AGE_MS = 24 * 60 * 60_000;
/** The minimum time between two fetches while there are usable keys. */
const MIN_INTERVAL_MS = 2000;
/** How long an unknown key id does not cause another fetch. */
const UNKNOWN_KID_MS = 5000;
const MAX_UNKNOWN_KIDS = 1000;
/** Cognito's key ids are 44 characters long. */
const MAX_KID_CHARS = 256;

/** About a thousand times the size of Cognito's response. */
const MAX_JWKS_BYTES = 1_000_000;

/** There are no usable keys, so tokens can be neither accepted nor rejected. */
export class JwksOutageError extends Error {
  override name = 'JwksOutageError';
}

/**
 * Extends the library's cache of a user pool's signing keys (RFC 7517) with a maximum age and an error for outages. Calls
 * `onChange` with keys that differ from the previous ones, since tokens verified with those must be verified again.
 */
export function cognitoJwks(
  { issuer, jwksUri }: { issuer: string; jwksUri: string },
  now: () => Date,
  onChange: (jwks: Jwks) => void,
) {
  const unknown = new LRUCache<string, number>({ max: MAX_UNKNOWN_KIDS });
  // The absolute value, so that a clock set back extends nothing.
  const ageMs = (sinceMs = Number.NEGATIVE_INFINITY) => Math.abs(now().getTime() - sinceMs);
  let keys: Jwks | undefined;
  let fetchedAtMs: number | undefined;
  let requestedAtMs = Number.NEGATIVE_INFINITY;
  let fetching: Promise<Jwks> | undefined;
  let outage: JwksOutageError | undefined;

  class CognitoJwksCache extends SimpleJwksCache {
    override async getJwk(...[uri, jwt]: Parameters<SimpleJwksCache['getJwk']>) {
      // The library caches a parsed key per issuer before it verifies the token, so reject other issuers first.
      assertToken(jwt.payload.iss === issuer, 'iss');
      // The library's keys never expire.
      if (!areUsable()) this.addJwks(uri, { keys: [] });
      return super.getJwk(uri, jwt);
    }

    // All fetches go through here, since the library records neither their time nor their failures.
    override getJwks(uri: string): Promise<Jwks> {
      fetching ??= super
        .getJwks(uri)
        .catch((cause: unknown) => {
          outage = new JwksOutageError(`No keys from ${uri}`, { cause });
          throw outage;
        })
        .finally(() => {
          fetching = undefined;
        });
      return fetching;
    }
  }

  const cache = new CognitoJwksCache({
    // The library's fetcher supports only https, which emulators do not have, and does not limit the response.
    fetcher: {
      fetch(uri) {
        requestedAtMs = now().getTime();
        return getBytes(uri, MAX_JWKS_BYTES);
      },
    },

    jwksParser(body) {
      const fetched = rsaKeys(body);
      const isSame = isDeepStrictEqual(new Set(keys?.keys), new Set(fetched.keys));
      [keys, fetchedAtMs, outage] = [fetched, requestedAtMs, undefined];
      if (!isSame) onChange(fetched);
      return fetched;
    },

    // After one unknown key id, the library's penalty box rejects all of them for ten seconds, so that a made-up id would
    // delay a new key.
    penaltyBox: {
      async wait(_uri, kid) {
        assertToken(kid.length <= MAX_KID_CHARS, 'kid');
        const isPaused = ageMs(requestedAtMs) < MIN_INTERVAL_MS || ageMs(unknown.get(kid)) < UNKNOWN_KID_MS;
        if (isPaused && !fetching && areUsable()) throw outage ?? new InvalidTokenError('kid');
      },
      registerFailedAttempt: (_uri, kid) => unknown.set(kid, requestedAtMs),
      registerSuccessfulAttempt: () => undefined,
    },
  });

  /** Whether the keys are recent enough. Starts to fetch stale ones in the background. */
  function areUsable(): boolean {
    const keysAgeMs = ageMs(fetchedAtMs);
    if (keysAgeMs >= MAX_AGE_MS) return false;
    // Errors are ignored until the keys are too old to use.
    if (keysAgeMs >= STALE_MS && ageMs(requestedAtMs) >= MIN_INTERVAL_MS) cache.getJwks(jwksUri).catch(() => undefined);
    return true;
  }

  return { cache, areUsable };
}

/** Throws if there is no RSA key: such a response must not replace usable keys. */
function rsaKeys(body: ArrayBuffer): Jwks {
  const jwks = JSON.parse(Buffer.from(body).toString());
  assertIsJwks(jwks);
  const keys = jwks.keys.filter(isRsaKey);
  if (keys.length === 0) throw new Error('No RSA key');
  return { keys };
}

/** Only RSA keys have a modulus `n` and an exponent `e`. */
const isRsaKey = ({ kid, n, e }: Jwk): boolean => Boolean(kid && n && e);
