import { document } from '@async-chatbot/api-spec';
import { expect, it } from 'vitest';
import { connect, loggedIn, newCredentials } from '../support/requests/client.ts';
import { UNKNOWN_ID } from '../support/requests/sample-requests.ts';
import { startServer } from '../support/servers/server.ts';

const baseUrl = await startServer();
const ada = await loggedIn(baseUrl);
const anonymous = connect(baseUrl);
const { email, password } = newCredentials();
const json = { 'content-type': 'application/json' };

/** The request that causes each example. */
const causes = {
  'ambiguous-credentials': () => ada.call('GET', '/users/me', { headers: { authorization: 'Bearer canary' } }),
  'body-too-large': () => ada.call('POST', '/messages', { json: { content: 'x'.repeat(102_400) } }),
  'code-invalid': () => anonymous.call('POST', '/users/confirm', { json: { email, code: '123456' } }),
  'conversation-not-found': () => ada.call('GET', `/conversations/${UNKNOWN_ID}`),
  'cross-site-request': () => ada.call('POST', '/users/logout', { headers: { 'sec-fetch-site': 'cross-site' } }),
  'email-taken': () => anonymous.call('POST', '/users/register', { json: ada.credentials }),
  'invalid-credentials': () => anonymous.call('POST', '/users/login', { json: { email, password } }),
  'malformed-request': () => ada.call('POST', '/messages', { headers: json, body: '{"content":' }),
  'malformed-request.path': () => ada.call('GET', '/messages/%ff'),
  'message-not-found': () => ada.call('GET', `/messages/${UNKNOWN_ID}`),
  unauthenticated: () => anonymous.call('GET', '/users/me'),
  'unsupported-media-type': () => ada.call('POST', '/messages', { body: 'canary' }),
  'validation-failed': () => ada.call('POST', '/conversations', { json: { title: 'canary', colour: 'blue' } }),
  'validation-failed.account': () => anonymous.call('POST', '/users/login', { json: { email: 'canary', password } }),
  'validation-failed.content': () => ada.call('POST', '/messages', { json: { content: '' } }),
  'validation-failed.parameter': () => anonymous.call('GET', '/health?colour=blue'),
} as const;

it.each(Object.entries(causes))('the server responds with the example %s', async (name, call) => {
  // The cast: `Object.entries` loses the names.
  const { value } = document.components.examples[name as keyof typeof causes];
  const { body } = await call();
  expect(body).toEqual({ ...value, instance: expect.any(String), request_id: expect.any(String) });
});

const { headers, schemas } = document.components;
const limits = { ratelimit: headers.RateLimit.example, 'ratelimit-policy': headers.RateLimitPolicy.example };

it.each([
  [`/messages/${UNKNOWN_ID}/events`, 'text/event-stream', schemas.ReplyEvent['x-example'], {}],
  ['/users/me/export', 'application/x-ndjson', schemas.ExportedItem['x-example'], limits],
])('the complete example of %s is valid', async (path, type, text, others) => {
  const sent = { 'content-type': type, 'x-request-id': headers.RequestId.example, ...others };
  const { call } = connect('', async () => new Response(text, { headers: sent }));
  const { body } = await call('GET', path);
  expect(body.length).toBeGreaterThan(1);
});
