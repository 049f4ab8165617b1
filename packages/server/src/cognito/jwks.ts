import { isDeepStrictEqual } from 'node:util';
import { assertIsJwks, type Jwk, type Jwks, SimpleJwksCache } from 'aws-jwt-verify/jwk';
import { LRUCache } from 'lru-cache';
import { boundedResponse } from '../bounded-response.ts';
import { assertToken, InvalidTokenError } from './invalid-token.ts';

/** Keys of this age are fetched again in the background. */
const STALE_MS = 10 * 60_000;
/** Keys of this age are not used, however long the outage. */
const MAX_AGE_MS = 24 * 60 * 60_000;
/** The least time between two fetches while there are keys. */
const MIN_INTERVAL_MS = 2000;
/** How long an unknown key id causes no further fetch. */
const UNKNOWN_KID_MS = 5000;
const MAX_UNKNOWN_KIDS = 1000;
/** Cognito's have 44. */
const MAX_KID_CHARS = 256;

const FETCH_TIMEOUT_MS = 3000;
/** About a thousand times what Cognito sends. */
const MAX_JWKS_BYTES = 1_000_000;

/** There are no keys, so no token can be verified or refused. */
export class JwksOutageError extends Error {
  override name = 'JwksOutageError';
}

/**
 * The library's cache of a user pool's signing keys (RFC 7517), with what it lacks: keys that age, and an error for an
 * outage. `onChange` gets keys that differ from the previous ones: what was verified with those must be verified again.
 */
export function cognitoJwks(
  { issuer, jwksUri }: { issuer: string; jwksUri: string },
  now: () => Date,
  onChange: (jwks: Jwks) => void,
) {
  const unknown = new LRUCache<string, number>({ max: MAX_UNKNOWN_KIDS });
  // The absolute value: a clock that is set back must not prolong anything.
  const ageMs = (sinceMs = Number.NEGATIVE_INFINITY) => Math.abs(now().getTime() - sinceMs);
  let keys: Jwks | undefined;
  let fetchedAtMs: number | undefined;
  let requestedAtMs = Number.NEGATIVE_INFINITY;
  let fetching: Promise<Jwks> | undefined;
  let outage: JwksOutageError | undefined;

  class CognitoJwksCache extends SimpleJwksCache {
    override async getJwk(...[uri, jwt]: Parameters<SimpleJwksCache['getJwk']>) {
      // The library stores a parsed key for every issuer that a token names, before it verifies the token.
      assertToken(jwt.payload.iss === issuer, 'iss');
      // The library never expires a key.
      if (!areUsable()) this.addJwks(uri, { keys: [] });
      return super.getJwk(uri, jwt);
    }

    // Every fetch passes here: the library records neither its time nor its failure.
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
    // The library's fetcher speaks https alone, which emulators do not, and bounds no response.
    fetcher: {
      fetch(uri) {
        requestedAtMs = now().getTime();
        return fetchBytes(uri);
      },
    },

    jwksParser(body) {
      const fetched = rsaKeys(body);
      const isSame = isDeepStrictEqual(new Set(keys?.keys), new Set(fetched.keys));
      [keys, fetchedAtMs, outage] = [fetched, requestedAtMs, undefined];
      if (!isSame) onChange(fetched);
      return fetched;
    },

    // The library's own refuses every unknown key for ten seconds after one, so an invented id would delay a new key.
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

  /** Whether the keys may be used. Stale ones are fetched again in the background. */
  function areUsable(): boolean {
    const keysAgeMs = ageMs(fetchedAtMs);
    if (keysAgeMs >= MAX_AGE_MS) return false;
    // An outage shows when the keys are dead.
    if (keysAgeMs >= STALE_MS && ageMs(requestedAtMs) >= MIN_INTERVAL_MS) cache.getJwks(jwksUri).catch(() => undefined);
    return true;
  }

  return { cache, areUsable };
}

async function fetchBytes(uri: string): Promise<ArrayBuffer> {
  const response = await fetch(uri, { signal: AbortSignal.timeout(FETCH_TIMEOUT_MS), redirect: 'error' });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return boundedResponse(response, MAX_JWKS_BYTES).arrayBuffer();
}

/** Throws if there is no key: such a response must not replace keys that are in force. */
function rsaKeys(body: ArrayBuffer): Jwks {
  const jwks = JSON.parse(Buffer.from(body).toString());
  assertIsJwks(jwks);
  const keys = jwks.keys.filter(isRsaKey);
  if (keys.length === 0) throw new Error('No RSA key');
  return { keys };
}

/** No other kind of key has these numbers. */
const isRsaKey = ({ kid, n, e }: Jwk): boolean => Boolean(kid && n && e);
