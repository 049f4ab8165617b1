import { operations } from '@async-chatbot/api-spec/operations';
import type { OperationId } from '@async-chatbot/core/operation';
import { describe, expect, it } from 'vitest';
import { connect } from '../support/requests/client.ts';
import { sampleRequest } from '../support/requests/sample-requests.ts';
import { startServer } from '../support/servers/server.ts';

const ALLOWED = 'https://chat.example.com';
const { call, baseUrl, jar } = connect(await startServer({}, { corsOrigins: [ALLOWED] }));
const { host } = new URL(baseUrl);

type Headers = Record<string, string>;

const OWN: [string, Headers][] = [
  ['no browser', {}],
  ['a page of the API itself', { origin: `http://${host}`, 'sec-fetch-site': 'same-origin' }],
  ['a page of the API in an old browser', { origin: `http://${host}` }],
  ['the user, not a page', { 'sec-fetch-site': 'none' }],
  ['a page of an allowed origin', { origin: ALLOWED, 'sec-fetch-site': 'cross-site' }],
  ['a page of an allowed origin in an old browser', { origin: ALLOWED }],
];

const FOREIGN: [string, Headers][] = [
  ['another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
  ['another site in an old browser', { origin: 'https://evil.example' }],
  ['another port', { origin: 'http://127.0.0.1:1', 'sec-fetch-site': 'same-site' }],
  ['a sibling host', { origin: 'https://evil.example.com', 'sec-fetch-site': 'same-site' }],
  ['a hidden origin', { origin: 'null', 'sec-fetch-site': 'cross-site' }],
  ['a form without an origin', { 'sec-fetch-site': 'cross-site' }],
  ['an allowed host over http', { origin: 'http://chat.example.com' }],
  ['an allowed host on another port', { origin: `${ALLOWED}:8443` }],
  ['a name that ends like an allowed one', { origin: 'https://evilchat.example.com' }],
  ['a name that begins like an allowed one', { origin: `${ALLOWED}.evil.example` }],
  ['an allowed name with a trailing dot', { origin: `${ALLOWED}.` }],
  ['an allowed name in uppercase', { origin: ALLOWED.toUpperCase() }],
  ['two origins', { origin: `${ALLOWED}, https://evil.example` }],
  ['an invalid origin', { origin: 'evil' }],
];

const unsafe = (Object.keys(operations) as OperationId[]).filter((id) => operations[id].method !== 'GET');

function request(id: OperationId, headers: Headers) {
  const callFrom: typeof call = (method, path, options) =>
    call(method, path, { ...options, headers: { ...options?.headers, ...headers } });
  return sampleRequest(id, { call: callFrom, baseUrl, jar });
}

describe.each(unsafe)('%s', (id) => {
  it.each(FOREIGN.slice(0, 1))('403 from %s', async (_label, headers) => {
    const { status, body } = await request(id, headers);
    expect(status).toBe(403);
    expect(body.code).toBe('cross-site-request');
  });

  it.each(OWN.slice(0, 1))('accepts a request from %s', async (_label, headers) => {
    const { body } = await request(id, headers);
    expect(body.code).not.toBe('cross-site-request');
  });
});

// All operations share one check.
describe('every source of a request', () => {
  it.each(FOREIGN)('403 from %s', async (_label, headers) => {
    const { status, body } = await request('sendMessage', headers);
    expect(status).toBe(403);
    expect(body.code).toBe('cross-site-request');
  });

  it.each(OWN)('accepts a request from %s', async (_label, headers) => {
    const { body } = await request('sendMessage', headers);
    expect(body.code).not.toBe('cross-site-request');
  });
});

it('403 with the origin and the host that were compared, for a proxy that does not forward Host', async () => {
  const { body } = await request('sendMessage', { origin: 'http://chat.lan:8080' });
  expect(body.detail).toContain(`origin is http://chat.lan:8080, but the request's Host is ${host}`);
});

it('200 for a safe method from anywhere', async () => {
  const headers = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
  expect((await call('GET', '/health', { headers })).status).toBe(200);
});
