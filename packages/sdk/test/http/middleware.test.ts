import { describe, expect, test } from 'vitest';
import { createClient, type Middleware } from '../../src/index.ts';
import { logging } from '../../src/logging.ts';
import { fixtureServer, json, problem } from '../support/fixture-server.ts';
import { sessionServer } from '../support/session-server.ts';

const SOON = { 'retry-after': '0' };

describe('middleware', () => {
  test('sees every attempt, the first of it outermost', async () => {
    const seen: unknown[] = [];
    const noting =
      (name: string): Middleware =>
      async (request, next) => {
        seen.push([name, request.operationId, request.retries, request.method]);
        const response = await next(request);
        seen.push([name, response.status]);
        return response;
      };
    const server = await fixtureServer((res, request) =>
      (server.requests.length < 2 ? problem('service-unavailable', 503, SOON) : json({}))(res, request),
    );
    await createClient({ baseUrl: server.url, middleware: [noting('one'), noting('two')] }).messages.list();
    const attempt = (retries: number, status: number) => [
      ['one', 'listMessages', retries, 'GET'],
      ['two', 'listMessages', retries, 'GET'],
      ['two', status],
      ['one', status],
    ];
    expect(seen).toEqual([...attempt(0, 503), ...attempt(1, 200)]);
  });

  test('changes what is sent, and where to', async () => {
    const [server, other] = [await fixtureServer(), await fixtureServer()];
    const move: Middleware = (request, next) => {
      request.headers.set('traceparent', 'canary');
      request.url = request.url.replace(server.url, other.url);
      return next(request);
    };
    await createClient({ baseUrl: server.url, middleware: [move] }).messages.send({ content: 'canary' });
    expect(server.requests).toEqual([]);
    expect(other.requests[0]).toMatchObject({ headers: { traceparent: 'canary' }, body: '{"content":"canary"}' });
  });

  test('answers itself, and what it answers is read as any answer', async () => {
    const answer: Middleware = async () => Response.json({ status: 'OK' });
    expect(await createClient({ baseUrl: 'http://chat.example', middleware: [answer] }).health.get()).toEqual({
      status: 'OK',
    });
  });

  test('gets the error of a lost connection, and what it throws itself is thrown as it is', async () => {
    const server = await fixtureServer((res) => res.destroy());
    const seen: unknown[] = [];
    const reason = new TypeError('canary');
    const translate: Middleware = async (request, next) => {
      const error = await next(request).catch((thrown: unknown) => thrown);
      seen.push(error);
      throw reason;
    };
    const client = createClient({ baseUrl: server.url, middleware: [translate] });
    await expect(client.messages.list()).rejects.toBe(reason);
    expect(seen).toMatchObject([{ name: 'ConnectionError' }]);
  });

  test('sees the refresh of a session', async () => {
    const server = await sessionServer();
    const seen: string[] = [];
    const note: Middleware = (request, next) => {
      seen.push(request.operationId);
      return next(request);
    };
    const client = createClient({ baseUrl: server.url, middleware: [note] });
    await client.users.login({ email: 'canary@example.com', password: 'Canary123' });
    server.expire();
    await client.users.me();
    expect(seen).toEqual(['loginUser', 'getCurrentUser', 'refreshSession', 'getCurrentUser']);
  });
});

describe('logging', () => {
  test('logs every attempt, without credentials', async () => {
    const server = await fixtureServer((res, request) =>
      (server.requests.length < 2 ? problem('service-unavailable', 503, SOON) : json({}))(res, request),
    );
    const entries: unknown[] = [];
    await createClient({
      baseUrl: server.url,
      token: 'canary-token',
      headers: { cookie: 'canary-cookie', 'X-Tenant': 'canary-tenant' },
      middleware: [logging((entry) => entries.push(entry), ['x-tenant'])],
    }).messages.list({ limit: 1 });
    const attempt = { operationId: 'listMessages', method: 'GET', url: `${server.url}/messages?limit=1` };
    expect(entries).toMatchObject([
      { ...attempt, retries: 0, status: 503, responseHeaders: { 'retry-after': '0' } },
      { ...attempt, retries: 1, status: 200, durationMs: expect.any(Number) },
    ]);
    expect(entries[0]).toMatchObject({ requestHeaders: { 'x-tenant': '[redacted]', authorization: '[redacted]' } });
    expect(JSON.stringify(entries)).not.toContain('canary-');
  });

  test('logs neither cookies nor bodies', async () => {
    const server = await sessionServer();
    const entries: unknown[] = [];
    const client = createClient({ baseUrl: server.url, middleware: [logging((entry) => entries.push(entry))] });
    await client.users.login({ email: 'canary@example.com', password: 'Canary123' });
    await client.users.me();
    expect(entries).toMatchObject([
      { responseHeaders: { 'set-cookie': '[redacted]' } },
      { requestHeaders: { cookie: '[redacted]' } },
    ]);
    expect(JSON.stringify(entries)).not.toMatch(/Canary123|canary@|access=|refresh=/);
  });

  test('logs why there was no response', async () => {
    const server = await fixtureServer((res) => res.destroy());
    const entries: unknown[] = [];
    const client = createClient({
      baseUrl: server.url,
      maxRetries: 0,
      middleware: [logging((entry) => entries.push(entry))],
    });
    await client.messages.list().catch(() => undefined);
    expect(entries).toMatchObject([{ operationId: 'listMessages', error: { name: 'ConnectionError' } }]);
  });
});
