/** A server that reaches other hosts only through a proxy. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addressOf, onEmulators, source, startNode, temporaryFolder } from '../support/process/program.ts';
import { egressProxy } from '../support/proxies/egress-proxy.ts';
import { connect, loggedIn, newCredentials, sendMessage } from '../support/requests/client.ts';
import { modelServer, status } from '../support/servers/model-server.ts';

const emulators = onEmulators();
const COGNITO = emulators.AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER ?? '';
const DYNAMO = emulators.AWS_ENDPOINT_URL_DYNAMODB ?? '';

/** The emulators under names that only the proxy can resolve, so that every connection must go through it. */
const hidden = {
  ...emulators,
  AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: 'http://cognito.internal',
  AWS_ENDPOINT_URL_DYNAMODB: 'http://dynamo.internal',
};
const HIDDEN = { 'cognito.internal': COGNITO, 'dynamo.internal': DYNAMO };

const viaProxy = ({ url }: { url: string }) => ({ NODE_USE_ENV_PROXY: '1', HTTP_PROXY: url, HTTPS_PROXY: url });
const hostsOf = (...urls: string[]) => urls.map((url) => new URL(url).host).toSorted();

describe('with NODE_USE_ENV_PROXY', () => {
  it('Cognito, its keys and DynamoDB are reached through the proxy', async () => {
    const proxy = await egressProxy(HIDDEN);
    const main = startNode([source('main.ts')], { env: { ...hidden, ...viaProxy(proxy) } });
    const ada = await loggedIn(await addressOf(main));
    expect((await sendMessage(ada)).bot_response.status).toBe('completed');
    expect(proxy.hosts()).toEqual(['cognito.internal', 'dynamo.internal']);
    expect(main.output.stdout).not.toContain('rate limits are counted per process');
  });

  it.each<[string, Record<string, string>]>([
    ['openai-compatible', { BOT_BASE_URL: 'http://model.internal/v1', BOT_ALLOW_HTTP: 'true' }],
    ['bedrock', { AWS_ENDPOINT_URL_BEDROCK_RUNTIME: 'http://model.internal', BOT_ALLOW_HTTP: 'true' }],
  ])('a model is reached through the proxy: %s', async (BOT, variables) => {
    const { baseUrl, requests } = await modelServer(status(403));
    const proxy = await egressProxy({ ...HIDDEN, 'model.internal': baseUrl });
    const env = { ...hidden, ...viaProxy(proxy), BOT, BOT_MODEL: 'm-1', ...variables };
    const ada = await loggedIn(await addressOf(startNode([source('main.ts')], { env })));
    await ada.call('POST', '/messages', { json: { content: 'canary' } });
    expect(requests).toHaveLength(1);
    expect(proxy.hosts().join()).toContain('model.internal');
  });

  it('the variables may be in lowercase, and in a file', async () => {
    const proxy = await egressProxy(HIDDEN);
    const file = join(await temporaryFolder(), '.env');
    await writeFile(file, `NODE_USE_ENV_PROXY=1\nhttp_proxy=${proxy.url}\n`);
    const main = startNode([`--env-file=${file}`, source('main.ts')], { env: hidden });
    const ada = await loggedIn(await addressOf(main));
    expect((await sendMessage(ada)).bot_response.status).toBe('completed');
    expect(proxy.hosts()).toEqual(['cognito.internal', 'dynamo.internal']);
  });

  it('loopback is reached through the proxy too, unless NO_PROXY excludes it', async () => {
    const [through, past] = await Promise.all([egressProxy(), egressProxy()]);
    const env = { ...emulators, ...viaProxy(through) };
    const exceptions = { ...emulators, ...viaProxy(past), NO_PROXY: 'example.com,127.0.0.1' };
    for (const each of [env, exceptions])
      await sendMessage(await loggedIn(await addressOf(startNode([source('main.ts')], { env: each }))));
    expect(through.hosts()).toEqual(hostsOf(COGNITO, DYNAMO));
    expect(past.hosts()).toEqual([]);
  });

  it('https uses a tunnel, and a proxy that rejects it is an outage', async () => {
    const proxy = await egressProxy();
    const { AWS_ENDPOINT_URL_DYNAMODB: _, AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: __, ...env } = emulators;
    const aws = { ...env, AWS_REGION: 'eu-west-1', COGNITO_ISSUER: 'https://issuer.internal/pool', ...viaProxy(proxy) };
    const main = startNode([source('main.ts')], { env: aws });
    const anonymous = connect(await addressOf(main));
    const login = await anonymous.call('POST', '/users/login', { json: newCredentials() });
    expect([login.status, login.body.code]).toEqual([503, 'service-unavailable']);
    const headers = { authorization: `Bearer ${TOKEN}` };
    expect((await anonymous.call('GET', '/messages', { headers })).status).toBe(503);
    expect(proxy.hosts()).toEqual([
      'cognito-idp.eu-west-1.amazonaws.com:443',
      'dynamodb.eu-west-1.amazonaws.com:443',
      'issuer.internal:443',
    ]);
  });
});

/** Well-formed enough for the server to fetch the key that signed it. */
const TOKEN = [
  { alg: 'RS256', kid: 'canary' },
  { iss: 'https://issuer.internal/pool', sub: 'canary', exp: 4e9 },
]
  .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
  .concat('Y2FuYXJ5')
  .join('.');

it('the embedded server bypasses the proxy for its emulators', async () => {
  const proxy = await egressProxy();
  const DATA_DIR = join(await temporaryFolder(), 'data');
  const env = { ...viaProxy(proxy), PORT: '0', DATA_DIR, LOG_LEVEL: 'info' };
  const program = startNode([source('embedded.ts')], { env });
  const [, url = ''] = await program.prints(/^Async Chatbot on (\S+)/m);
  await sendMessage(await loggedIn(url));
  expect(proxy.hosts()).toEqual([]);
  expect(program.output.stdout).not.toContain('rate limits are counted per process');
});
