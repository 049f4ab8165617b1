/** Cognito is unreachable or slow, or its keys or clock change; other dependencies fail at start. */
import { expect, inject, onTestFinished } from 'vitest';
import { faultRow } from '../support/faults/fault-row.ts';
import { seconds, timed } from '../support/faults/figures.ts';
import { expectUnavailable, HUNG_MS } from '../support/faults/outage.ts';
import { refusingProxy } from '../support/proxies/refusing-proxy.ts';
import { type Client, loggedIn, newCredentials } from '../support/requests/client.ts';
import { claims, token } from '../support/requests/tokens.ts';
import { MINUTE_MS, startPool } from '../support/servers/cognito-pool.ts';
import { fakeCognito } from '../support/servers/fake-cognito.ts';
import { jwksServer, type SigningKey, signingKey } from '../support/servers/jwks-server.ts';

const { AWS_ENDPOINT_URL_DYNAMODB: dynalite = '' } = inject('environment');

/** The status of a request with this access token. */
const statusOf = async ({ call }: Client, accessToken: string): Promise<number> =>
  (await call('GET', '/messages', { headers: { authorization: `Bearer ${accessToken}` } })).status;

const tokenOf = ({ kid, privateKey }: SigningKey): string => token(claims(), { kid }, privateKey);

const FLOOD = 500;

faultRow(
  'F16',
  {
    fault:
      'The signing keys are unreachable, before and after they are first read; they change during a flood of unknown key ids',
    criterion: '503 before, 200 after the first read; the new key is accepted, and the flood causes few fetches',
  },
  async (open) => {
    const product = await open();
    const server = product.client(await product.start());
    product.cognito.set('reset');
    for (let count = 0; count < 20; count += 1) expect(await statusOf(server, token())).toBe(200);
    const cold = product.client(await product.startCold());
    expect(await statusOf(cold, token())).toBe(503);
    product.cognito.set('pass');
    const recovery = await timed(() => expect.poll(() => statusOf(cold, token()), { timeout: HUNG_MS }).toBe(200));

    const [first, second] = [signingKey('canary-1'), signingKey('canary-2')];
    const jwks = await jwksServer(first);
    const rotating = product.client(
      await product.startCold({ AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: jwks.endpoint }),
    );
    expect(await statusOf(rotating, tokenOf(first))).toBe(200);
    const before = jwks.fetches();
    jwks.publish(first, second);
    let isFlooding = true;
    let flood = 0;
    const flooding = Promise.all(
      Array.from({ length: 5 }, async () => {
        for (; isFlooding || flood < FLOOD; flood += 1)
          expect(await statusOf(rotating, token(claims(), { kid: `canary-${flood}` }))).toBe(401);
      }),
    );
    const { ms } = await timed(() =>
      expect.poll(() => statusOf(rotating, tokenOf(second)), { timeout: HUNG_MS }).toBe(200),
    );
    isFlooding = false;
    await flooding;
    const fetches = jwks.fetches() - before;
    expect(fetches).toBeLessThan(FLOOD / 10);
    return `200 again ${seconds(recovery.ms)} after the repair; new key after ${seconds(ms)}; ${fetches} fetches for ${flood} unknown ids`;
  },
);

faultRow(
  'F17',
  {
    fault: 'Cognito never responds; Cognito throttles',
    criterion: '503 for logins; sessions continue: 201 for sends, 200 for a logout',
  },
  async (open) => {
    const product = await open();
    const server = await product.start();
    const ada = server.user;
    const leaving = await loggedIn(server.baseUrl, product.clients.send);
    product.cognito.set('blackhole');
    const login = timed(() => product.client(server).call('POST', '/users/login', { json: newCredentials() }));
    for (let count = 0; count < 20; count += 1) expect((await ada.send()).status).toBe(201);
    const { ms, result } = await login;
    expectUnavailable(result);
    expect(ms).toBeLessThan(HUNG_MS);
    expect((await leaving.call('POST', '/users/logout')).status).toBe(200);

    const throttling = await fakeCognito({ __type: 'TooManyRequestsException' });
    const throttled = await product.startCold({ AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: throttling });
    expectUnavailable(await product.client(throttled).call('POST', '/users/login', { json: newCredentials() }));
    expect((await ada.at(throttled).send()).status).toBe(201);
    return `503 after ${seconds(ms)}; meanwhile 20 × 201`;
  },
);

faultRow(
  'F18',
  {
    fault: 'The clocks of Cognito and the server differ',
    criterion:
      '200 up to a minute; 401 for expired tokens and tokens from the future; a login then gets 503, and the log states the difference',
  },
  async (open) => {
    const product = await open();
    const server = product.client(await product.start());
    const shifted = (ms: number, forMs = 10 * MINUTE_MS) =>
      token(claims({ exp: Math.floor((Date.now() + ms + forMs) / 1000) }, Date.now() + ms));
    const cases: [number, number, number][] = [
      [-5000, 10, 200],
      [5000, 10, 200],
      [-5, 10, 200],
      [-5 * MINUTE_MS, 4, 401],
      [5 * MINUTE_MS, 10, 401],
    ];
    for (const [ms, forMinutes, expected] of cases)
      expect(await statusOf(server, shifted(ms, forMinutes * MINUTE_MS)), `${ms} ms`).toBe(expected);

    const pool = await startPool();
    const behind = await product.startCold(pool.environment);
    const credentials = await pool.register();
    pool.passes(5 * MINUTE_MS);
    const { call } = product.client(behind);
    expectUnavailable(await call('POST', '/users/login', { json: credentials }));
    const [named] = await behind.prints(/"reason":"ClockSkewError [^"]*"/);
    return `${cases.length} tokens as expected; the log has \`${named}\``;
  },
);

const LIMIT = 5;

faultRow(
  'F19',
  {
    fault: 'The rate limit store never responds',
    criterion: 'each server counts on its own: no 500, no request beyond its limit',
  },
  async (open) => {
    const product = await open({ environment: { LIMIT_EMAIL_PER_MINUTE: String(LIMIT) } });
    const server = await product.start();
    product.dynamo.set('blackhole');
    const json = newCredentials();
    const { ms, result } = await timed(() =>
      Promise.all(
        Array.from({ length: 4 * LIMIT }, () => product.client(server).call('POST', '/users/login', { json })),
      ),
    );
    const countOf = (status: number) => result.filter((response) => response.status === status).length;
    expect([countOf(401), countOf(429)]).toEqual([LIMIT, 3 * LIMIT]);
    await server.prints(/rate limits are counted per process/);
    return `${LIMIT} × 401, ${3 * LIMIT} × 429 in ${seconds(ms)}`;
  },
);

faultRow(
  'F20',
  {
    fault:
      'The host name of DynamoDB does not resolve; the credentials have expired; the clock is too far off for signatures',
    criterion: 'not ready; 503; a log line with the dependency and the reason; no secrets in the log',
  },
  async (open) => {
    const front = await refusingProxy(dynalite, { error: '', times: 0 });
    onTestFinished(front.close);
    const product = await open({ dynamo: front.endpoint });
    const { user: ada } = await product.start();
    const reasons: string[] = [];
    const faults: [error: string, environment: Record<string, string>][] = [
      ['', { AWS_ENDPOINT_URL_DYNAMODB: 'http://dynamodb.invalid' }],
      ['ExpiredTokenException', {}],
      ['RequestTimeTooSkewed', {}],
    ];
    for (const [error, environment] of faults) {
      front.refuse({ error, times: error ? Number.POSITIVE_INFINITY : 0 });
      const broken = await product.startCold(environment);
      const [, reason = ''] = await broken.prints(/"dependency":"table","reason":"([^"]*)"/);
      reasons.push(`\`${reason}\``);
      expect((await product.client(broken).call('GET', '/ready')).status).toBe(503);
      expectUnavailable(await ada.at(broken).call('GET', '/messages'));
      front.refuse({ error, times: 0 });
    }
    return `503; logged ${reasons.join(', ')}`;
  },
);
