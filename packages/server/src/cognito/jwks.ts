import { isDeepStrictEqual } from 'node:util';
import { JwtWithoutValidKidError, KidNotFoundInJwksError } from 'aws-jwt-verify/error';
import { assertIsJwks, type Jwk, type JwkWithKid } from 'aws-jwt-verify/jwk';
import type { JwtHeader } from 'aws-jwt-verify/jwt-model';
import { safeJsonParse } from 'aws-jwt-verify/safe-json-parse';
import { LRUCache } from 'lru-cache';

/** The pool's public keys by their ids. */
type Keys = ReadonlyMap<string, JwkWithKid>;

/** Keys of this age are fetched again, and are used meanwhile. */
const STALE_MS = 10 * 60_000;
/** Keys of this age are used no more, however long the outage. */
const DEAD_MS = 24 * 60 * 60_000;
/** While there are keys, this long passes from one fetch to the next, whatever ids are asked for. */
const PAUSE_MS = 2000;
/** An id that was looked for in vain is not looked for again this long: a new key is known that soon. */
const UNKNOWN_MS = 5000;
const UNKNOWN_KIDS = 1000;
/** Cognito's have 44. */
const KID_CHARS = 256;

const FETCH_TIMEOUT_MS = 3000;
/** Cognito sends about one thousandth of it. */
const JWKS_BYTES = 1_000_000;

/** The keys cannot be had, so that nobody can say whether a token is valid. */
export class JwksOutageError extends Error {
  override name = 'JwksOutageError';
}

/**
 * A user pool's signing keys (RFC 7517), which come and go without notice. `onChange` is called when they are other keys
 * than before: what was verified with the old ones has to be verified again.
 */
export function cognitoJwks(jwksUri: string, now: () => Date, onChange: () => void) {
  const unknown = new LRUCache<string, number>({ max: UNKNOWN_KIDS });
  // A clock that was set back must not make the past last longer.
  const ageMs = (sinceMs: number) => Math.abs(now().getTime() - sinceMs);
  let keys: Keys | undefined;
  let fetchedAtMs = 0;
  let askedAtMs = Number.NEGATIVE_INFINITY;
  let fetching: Promise<Keys> | undefined;
  let outage: unknown;

  return { inForce, getJwk };

  /** The keys that may be trusted now, if any. Stale ones are fetched again, but nobody waits for it. */
  function inForce(): Keys | undefined {
    if (!keys || ageMs(fetchedAtMs) >= DEAD_MS) return undefined;
    // An outage shows when nothing is left that could be used.
    if (ageMs(fetchedAtMs) >= STALE_MS && ageMs(askedAtMs) >= PAUSE_MS) refresh().catch(() => undefined);
    return keys;
  }

  /** The library's question for a token's key. Throws a `JwksOutageError`, or the library's errors for no such key. */
  async function getJwk(_uri: string, { header: { kid } }: { header: JwtHeader }): Promise<JwkWithKid> {
    if (kid === undefined || kid.length > KID_CHARS) throw new JwtWithoutValidKidError('The key id is missing or long');
    const trusted = inForce();
    const key = trusted?.get(kid) ?? (await lookFor(kid, trusted));
    if (key) return key;
    throw new KidNotFoundInJwksError('No key has this id');
  }

  /** Whoever makes up ids must neither cause a fetch with each, nor keep a key that is really new from being found. */
  async function lookFor(kid: string, trusted: Keys | undefined): Promise<JwkWithKid | undefined> {
    const isPaused = ageMs(askedAtMs) < PAUSE_MS || ageMs(unknown.get(kid) ?? 0) < UNKNOWN_MS;
    if (trusted && isPaused && !fetching) {
      if (outage) throw outage;
      return undefined;
    }
    const key = (await refresh()).get(kid);
    if (!key) unknown.set(kid, askedAtMs);
    return key;
  }

  /** One fetch at a time, which all who want the keys wait for. */
  function refresh(): Promise<Keys> {
    fetching ??= replace().finally(() => {
      fetching = undefined;
    });
    return fetching;
  }

  async function replace(): Promise<Keys> {
    askedAtMs = now().getTime();
    try {
      const fetched = await fetchKeys(jwksUri);
      const isSame = isDeepStrictEqual(keys, fetched);
      [keys, fetchedAtMs, outage] = [fetched, askedAtMs, undefined];
      if (!isSame) onChange();
      return fetched;
    } catch (cause) {
      outage = new JwksOutageError(`No keys from ${jwksUri}`, { cause });
      throw outage;
    }
  }
}

/** An answer that holds no key is as good as none: keys that are trusted already are better. */
async function fetchKeys(uri: string): Promise<Keys> {
  const answer = await fetch(uri, { signal: AbortSignal.timeout(FETCH_TIMEOUT_MS), redirect: 'error' });
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  const jwks = safeJsonParse(await textOf(answer));
  assertIsJwks(jwks);
  const keys = new Map(jwks.keys.filter(isRsaKey).map((jwk) => [jwk.kid, jwk]));
  if (keys.size === 0) throw new Error('No RSA key in it');
  return keys;
}

/** No other kind of key has these numbers. */
const isRsaKey = (jwk: Jwk): jwk is JwkWithKid => Boolean(jwk.kid && jwk.n && jwk.e);

async function textOf({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.length;
    if (bytes > JWKS_BYTES) throw new Error(`More than ${JWKS_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
