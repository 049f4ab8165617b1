import { describe, expect, test } from 'vitest';
import { createClient, type Middleware } from '../../src/index.ts';
import { logging } from '../../src/logging.ts';
import { fixtureServer, json, problem } from '../support/fixture-server.ts';
import { sessionServer } from '../support/session-server.ts';

const RETRY_NOW = { 'retry-after': '0' };

describe('middleware', () => {
  test('wraps every attempt, the first middleware outermost', async () => {
    const observed: unknown[] = [];
    const recording =
      (name: string): Middleware =>
      async (request, next) => {
        observed.push([name, request.operationId, request.retries, request.method]);
        const response = await next(request);
        observed.push([name, response.status]);
        return response;
      };
    const server = await fixtureServer((res, request) =>
      (server.requests.length < 2 ? problem('service-unavailable', 503, RETRY_NOW) : json({}))(res, request),
    );
    await createClient({ baseUrl: server.url, middleware: [recording('one'), recording('two')] }).messages.list();
    const attempt = (retries: number, status: number) => [
      ['one', 'listMessages', retries, 'GET'],
      ['two', 'listMessages', retries, 'GET'],
      ['two', status],
      ['one', status],
    ];
    expect(observed).toEqual([...attempt(0, 503), ...attempt(1, 200)]);
  });

  test('can change the headers and the URL of a request', async () => {
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

  test('can respond itself, and its response is parsed like any other', async () => {
    const respond: Middleware = async () => Response.json({ status: 'OK' });
    expect(await createClient({ baseUrl: 'http://chat.example', middleware: [respond] }).health.get()).toEqual({
      status: 'OK',
    });
  });

  test('receives the error of a lost connection, and its own error rejects the call', async () => {
    const server = await fixtureServer((res) => res.destroy());
    const observed: unknown[] = [];
    const reason = new TypeError('canary');
    const translate: Middleware = async (request, next) => {
      const error = await next(request).catch((thrown: unknown) => thrown);
      observed.push(error);
      throw reason;
    };
    const client = createClient({ baseUrl: server.url, middleware: [translate] });
    await expect(client.messages.list()).rejects.toBe(reason);
    expect(observed).toMatchObject([{ name: 'ConnectionError' }]);
  });

  test('wraps session refreshes', async () => {
    const server = await sessionServer();
    const observed: string[] = [];
    const note: Middleware = (request, next) => {
      observed.push(request.operationId);
      return next(request);
    };
    const client = createClient({ baseUrl: server.url, middleware: [note] });
    await client.users.login({ email: 'canary@example.com', password: 'Canary123' });
    server.expire();
    await client.users.me();
    expect(observed).toEqual(['loginUser', 'getCurrentUser', 'refreshSession', 'getCurrentUser']);
  });
});

describe('logging', () => {
  test('logs every attempt, without credentials', async () => {
    const server = await fixtureServer((res, request) =>
      (server.requests.length < 2 ? problem('service-unavailable', 503, RETRY_NOW) : json({}))(res, request),
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

  test('logs the error if there is no response', async () => {
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
