import type { ServerResponse } from 'node:http';
import { KeyObjectCache } from 'aws-jwt-verify/jwt-verifier';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type CognitoTokens, cognitoTokens } from '../../src/cognito/tokens.ts';
import { connect } from '../support/requests/client.ts';
import { claims, token } from '../support/requests/tokens.ts';
import { jwksServer, type SigningKey, signingKey } from '../support/servers/jwks-server.ts';
import { startServer, testConfig, testDeps } from '../support/servers/server.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const [first, second] = [signingKey('canary-1'), signingKey('canary-2')];
const redirectTarget = await jwksServer(first);
const UNAUTHENTICATED = expect.objectContaining({ code: 'unauthenticated' });
const UNAVAILABLE = expect.objectContaining({ code: 'service-unavailable' });

let nowMs: number;
let jwks: Awaited<ReturnType<typeof jwksServer>>;
let verify: CognitoTokens['verify'];
beforeEach(async () => {
  nowMs = Date.now();
  jwks = await jwksServer(first);
  ({ verify } = cognitoTokens({ ...testConfig().cognito, jwksUri: jwks.uri }, () => new Date(nowMs)));
});

/** A new token signed with this key. */
const tokenOf = ({ kid, privateKey }: SigningKey, forMs = 10 * MINUTE): string =>
  token(claims({ exp: Math.floor((nowMs + forMs) / 1000) }, nowMs), { kid }, privateKey);

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

let bogusCount = 0;
/** A token that names a made-up key. */
const bogus = (): string => {
  bogusCount += 1;
  const { issuer: iss } = testConfig().cognito;
  return `${encode({ alg: 'RS256', kid: `canary-bogus-${bogusCount}` })}.${encode({ iss })}.AAAA`;
};

describe('the keys', () => {
  it('are fetched once, however many requests wait for them', async () => {
    await Promise.all(Array.from({ length: 100 }, () => verify(tokenOf(first))));
    expect(jwks.fetches()).toBe(1);
  });

  it('are fetched again after ten minutes, in the background', async () => {
    await verify(tokenOf(first));
    nowMs += 10 * MINUTE - 1;
    await verify(tokenOf(first));
    expect(jwks.fetches()).toBe(1);

    const release = jwks.hold();
    nowMs += 1;
    await verify(tokenOf(first));
    await verify(tokenOf(first));
    await vi.waitFor(() => expect(jwks.fetches()).toBe(2));
    release();
  });

  it.each([
    ['was seen before', (accessToken: string) => accessToken],
    ['was not seen before', () => tokenOf(first)],
  ])('are not trusted after their removal, if a token %s', async (_label, next) => {
    const accessToken = tokenOf(first, HOUR);
    await verify(accessToken);
    jwks.publish(second);
    nowMs += 10 * MINUTE;
    await vi.waitFor(() => expect(verify(next(accessToken))).rejects.toEqual(UNAUTHENTICATED));
    await verify(tokenOf(second));
    expect(jwks.fetches()).toBe(2);
  });

  it('are distinguished by more than their ids', async () => {
    await verify(tokenOf(first));
    const same = { ...second, kid: first.kid, jwk: { ...second.jwk, kid: first.kid } };
    jwks.publish(same);
    nowMs += 10 * MINUTE;
    await vi.waitFor(() => expect(verify(tokenOf(first))).rejects.toEqual(UNAUTHENTICATED));
    await verify(tokenOf(same));
  });

  it('are for RS256 only, even those without alg', async () => {
    jwks.publish({ jwk: { ...first.jwk, alg: undefined, use: undefined } });
    const { kid, privateKey } = first;
    await verify(token(claims(), { kid }, privateKey));
    await expect(verify(token(claims(), { kid, alg: 'RS512' }, privateKey))).rejects.toEqual(UNAUTHENTICATED);
  });

  it('are cached parsed, but not for made-up issuers', async () => {
    const parse = vi.spyOn(KeyObjectCache.prototype, 'transformJwkToKeyObjectAsync');
    const { kid, privateKey } = first;
    const verifications = [undefined, 'canary-1', 'canary-2'].map((iss) =>
      verify(token(claims({ iss }), { kid }, privateKey)),
    );
    for (const verification of verifications) await expect(verification).rejects.toEqual(UNAUTHENTICATED);
    await verify(tokenOf(first));
    expect(new Set(parse.mock.calls.map(([, , issuer]) => issuer))).toEqual(new Set([testConfig().cognito.issuer]));
    parse.mockRestore();
  });

  it('leave the cache of tokens unchanged if they are the same as before', async () => {
    const accessToken = tokenOf(first, HOUR);
    const verified = await verify(accessToken);
    nowMs += 10 * MINUTE;
    await verify(accessToken);
    // Waits for the fetch that is under way.
    await expect(verify(bogus())).rejects.toEqual(UNAUTHENTICATED);
    expect(jwks.fetches()).toBe(2);
    expect(await verify(accessToken)).toBe(verified);
  });
});

describe('an outage of the JWKS endpoint', () => {
  it('503 with Retry-After while there are no keys, and no longer', async () => {
    const emulator = testConfig().cognito.jwksUri;
    const keys = await (await fetch(emulator)).text();
    jwks.fail();
    const environment = { AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: jwks.endpoint };
    const { call } = connect(await startServer({ identity: testDeps(environment).identity }));
    const list = () => call('GET', '/messages', { headers: { cookie: `access_token=${token()}` } });

    for (const { status, headers, body } of [await list(), await list()]) {
      expect(status).toBe(503);
      expect(headers.get('retry-after')).toBe('2');
      expect(body.code).toBe('service-unavailable');
    }
    jwks.respondWith((res) => res.end(keys));
    expect((await list()).status).toBe(200);
  });

  it('has no effect for a day, after which even cached tokens are rejected', async () => {
    await verify(tokenOf(first));
    const fetchedAtMs = nowMs;
    jwks.fail();
    nowMs += 2 * HOUR;
    const accessToken = tokenOf(first, 24 * HOUR - 10 * SECOND);
    for (const [attempt, hour] of [2, 8, 14, 20].entries()) {
      nowMs = fetchedAtMs + hour * HOUR;
      await vi.waitFor(async () => {
        await verify(accessToken);
        expect(jwks.fetches()).toBe(attempt + 2);
      });
      await verify(tokenOf(first));
    }
    nowMs = fetchedAtMs + 24 * HOUR - 1;
    await verify(accessToken);
    await verify(tokenOf(first));
    nowMs += 1;
    await expect(verify(accessToken)).rejects.toEqual(UNAVAILABLE);
    await expect(verify(tokenOf(first))).rejects.toEqual(UNAVAILABLE);

    jwks.publish(first);
    await verify(accessToken);
  });

  it('causes one attempt every two seconds while there are old keys, and a 503 for an unknown key', async () => {
    await verify(tokenOf(first));
    jwks.fail();
    nowMs += 10 * MINUTE;
    for (let round = 0; round < 3; round += 1) {
      await verify(tokenOf(first));
      // Waits for the fetch that is under way.
      await expect(verify(tokenOf(second))).rejects.toEqual(UNAVAILABLE);
    }
    expect(jwks.fetches()).toBe(2);

    jwks.publish(first, second);
    nowMs += 2 * SECOND;
    await verify(tokenOf(second));
    await expect(verify(bogus())).rejects.toEqual(UNAUTHENTICATED);
    expect(jwks.fetches()).toBe(3);
  });

  const good = JSON.stringify({ keys: [first.jwk] });
  it.each<[string, (res: ServerResponse) => void]>([
    ['has status 500', (res) => res.writeHead(500).end(good)],
    ['is not JSON', (res) => res.end('<html>')],
    ['is not an object', (res) => res.end('null')],
    ['has no list of keys', (res) => res.end('{}')],
    ['has an empty list of keys', (res) => res.end('{"keys":[]}')],
    ['lists something that is not a key', (res) => res.end(`{"keys":[7,${JSON.stringify(first.jwk)}]}`)],
    ['has a key without its modulus', (res) => res.end(JSON.stringify({ keys: [{ ...first.jwk, n: undefined }] }))],
    ['has a key of another type', (res) => res.end('{"keys":[{"kty":"oct","kid":"canary-1","k":"AAAA"}]}')],
    ['is too long', (res) => res.end(good + ' '.repeat(1_000_000))],
    ['is cut off', (res) => void res.writeHead(200, { 'Content-Length': 9999 }).write(good, () => res.destroy())],
    ['redirects', (res) => res.writeHead(302, { Location: redirectTarget.uri }).end()],
  ])('includes a response that %s', async (_label, respond) => {
    jwks.respondWith(respond);
    await expect(verify(tokenOf(first))).rejects.toEqual(UNAVAILABLE);
    jwks.publish(first);
    await verify(tokenOf(first));
  });

  it.each<[string, (res: ServerResponse) => void]>([
    ['sends nothing', () => undefined],
    ['stops after its headers', (res) => res.writeHead(200, { 'Content-Length': 9999 }).flushHeaders()],
    ['stops in its body', (res) => void res.writeHead(200, { 'Content-Length': 9999 }).write(good)],
  ])('includes a response that %s for three seconds', async (_label, respond) => {
    const timeout = AbortSignal.timeout;
    const spy = vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => timeout.call(AbortSignal, ms / 100));
    jwks.respondWith(respond);
    await expect(verify(tokenOf(first))).rejects.toEqual(UNAVAILABLE);
    expect(spy).toHaveBeenCalledWith(3000);
    spy.mockRestore();
    jwks.publish(first);
    await verify(tokenOf(first));
  });
});

describe('an unknown key', () => {
  it('is fetched at once if it is the first', async () => {
    await verify(tokenOf(first));
    nowMs += 2 * SECOND;
    jwks.publish(first, second);
    await verify(tokenOf(second));
    expect(jwks.fetches()).toBe(2);
  });

  it('is fetched even if the clock was set back', async () => {
    await verify(tokenOf(first));
    nowMs -= HOUR;
    jwks.publish(first, second);
    await verify(tokenOf(second));
    expect(jwks.fetches()).toBe(2);
  });

  it('is not fetched again within five seconds', async () => {
    const accessToken = tokenOf(second);
    await expect(verify(accessToken)).rejects.toEqual(UNAUTHENTICATED);
    nowMs += 5 * SECOND - 1;
    await expect(verify(accessToken)).rejects.toEqual(UNAUTHENTICATED);
    expect(jwks.fetches()).toBe(1);

    jwks.publish(first, second);
    nowMs += 1;
    await verify(accessToken);
    expect(jwks.fetches()).toBe(2);
  });

  it('is not fetched if its id is too long for Cognito', async () => {
    await verify(tokenOf(first));
    nowMs += MINUTE;
    await expect(verify(tokenOf({ ...first, kid: 'canary'.repeat(50) }))).rejects.toEqual(UNAUTHENTICATED);
    expect(jwks.fetches()).toBe(1);
  });

  it('is found within five seconds despite a flood of made-up ones, which cause one fetch in two seconds', async () => {
    const flood = () => expect(verify(bogus())).rejects.toEqual(UNAUTHENTICATED);
    await verify(tokenOf(first));
    const rotatesAtMs = nowMs + 3.5 * SECOND;
    let foundAtMs = Number.POSITIVE_INFINITY;
    // A thousand tokens a second for ten seconds; the first token of the new key precedes its publication.
    for (let tenth = 0; tenth < 100; tenth += 1) {
      nowMs += 100;
      if (nowMs >= rotatesAtMs) jwks.publish(first, second);
      const [found] = await Promise.allSettled([verify(tokenOf(second)), ...Array.from({ length: 100 }, flood)]);
      if (found?.status === 'fulfilled') foundAtMs = Math.min(foundAtMs, nowMs);
    }
    expect(foundAtMs - rotatesAtMs).toBeLessThanOrEqual(5 * SECOND);
    expect(foundAtMs).toBeGreaterThanOrEqual(rotatesAtMs);
    expect(jwks.fetches()).toBeLessThanOrEqual(6);
  });
});
