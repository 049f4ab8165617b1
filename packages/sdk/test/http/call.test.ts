import { describe, expect, test, vi } from 'vitest';
import { createClient } from '../../src/index.ts';
import { fixtureServer, json, problem } from '../support/fixture-server.ts';

const requestId = '0190a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b';
const user = { user_id: 'canary', email: 'canary@example.com' };
const responder = json(user, 200, { 'x-request-id': requestId, etag: '"7"' });

describe('a call', () => {
  test('resolves to the body, and `withResponse` to the body, the response and the request id', async () => {
    const server = await fixtureServer(responder);
    const call = createClient({ baseUrl: server.url }).users.me();
    expect(await call).toEqual(user);
    const { data, response, requestId: id } = await call.withResponse();
    expect([data, id]).toEqual([user, requestId]);
    expect([response.status, response.headers.get('etag'), response.bodyUsed]).toEqual([200, '"7"', true]);
    expect(server.requests).toHaveLength(1);
  });

  test('leaves the body unread for `asResponse`', async () => {
    const server = await fixtureServer(responder);
    const response = await createClient({ baseUrl: server.url }).users.me().asResponse();
    expect(response.bodyUsed).toBe(false);
    expect(await response.json()).toEqual(user);
  });

  test('leaves the body of a stream unread for `asResponse`', async () => {
    const server = await fixtureServer((res) =>
      res.writeHead(200, { 'content-type': 'text/event-stream' }).end(':\n\n'),
    );
    const id_message = '01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b';
    const call = createClient({ baseUrl: server.url }).request('resumeReply', { path: { id_message } });
    expect(await (await call.asResponse()).text()).toBe(':\n\n');
  });

  test('rejects only the promises that are used', async () => {
    const server = await fixtureServer(problem('message-not-found', 404, { 'x-request-id': requestId }));
    const { messages } = createClient({ baseUrl: server.url });
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    await expect(messages.get('canary').withResponse()).rejects.toMatchObject({ status: 404, requestId });
    await expect(messages.get('canary').asResponse()).rejects.toMatchObject({ status: 404, requestId });
    await expect(messages.get('canary')).rejects.toMatchObject({ status: 404, requestId });
    await new Promise((resolve) => setTimeout(resolve, 20));
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });

  test('overrides headers of the client', async () => {
    const server = await fixtureServer();
    const client = createClient({ baseUrl: server.url, headers: { 'x-tenant': 'one', traceparent: 'canary' } });
    await client.messages.get('canary', { headers: { 'X-Tenant': 'two', accept: 'text/html' } });
    expect(server.requests[0]?.headers).toMatchObject({
      'x-tenant': 'two',
      traceparent: 'canary',
      accept: 'application/json, application/problem+json',
    });
  });
});
