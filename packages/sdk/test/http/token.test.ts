import { expect, test, vi } from 'vitest';
import { createClient, type Fetch } from '../../src/index.ts';
import { fixtureServer, problem } from '../support/fixture-server.ts';

const RETRY_NOW = { 'retry-after': '0' };

test('a token is sent with every call', async () => {
  const server = await fixtureServer();
  await createClient({ baseUrl: server.url, token: 'canary' }).users.me();
  expect(server.requests[0]?.headers.authorization).toBe('Bearer canary');
});

test('a token function is called before every attempt and may be asynchronous', async () => {
  const server = await fixtureServer((res, request) =>
    server.requests.length < 2 ? problem('service-unavailable', 503, RETRY_NOW)(res, request) : res.end('{}'),
  );
  const tokens = ['canary-1', 'canary-2'];
  const token = async () => tokens.shift() ?? '';
  await createClient({ baseUrl: server.url, token }).messages.list();
  expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer canary-1', 'Bearer canary-2']);
});

test('with a token, the browser sends no cookies, which may belong to another user', async () => {
  const fetch = vi.fn<Fetch>(async () => Response.json({}));
  await createClient({ baseUrl: 'http://chat.example', fetch, token: 'canary' }).users.me();
  await createClient({ baseUrl: 'http://chat.example', fetch }).users.me();
  expect(fetch.mock.calls.map(([, { credentials }]) => credentials)).toEqual(['omit', 'include']);
});

test('with a token, no session is refreshed', async () => {
  const server = await fixtureServer(problem('unauthenticated', 401));
  const client = createClient({ baseUrl: server.url, token: () => 'canary' });
  await expect(client.users.me()).rejects.toMatchObject({ code: 'unauthenticated' });
  expect(server.requests.map(({ line }) => line)).toEqual(['GET /users/me']);
});

test('a token function that rejects rejects the call, and nothing is sent', async () => {
  const server = await fixtureServer();
  const reason = new Error('canary');
  const client = createClient({ baseUrl: server.url, token: () => Promise.reject(reason) });
  await expect(client.messages.list()).rejects.toBe(reason);
  expect(server.requests).toEqual([]);
});

test('an empty token sends no header', async () => {
  const server = await fixtureServer();
  await createClient({ baseUrl: server.url, token: () => '' }).health.get();
  expect(server.requests[0]?.headers).not.toHaveProperty('authorization');
});
