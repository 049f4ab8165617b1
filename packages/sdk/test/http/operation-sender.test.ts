import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { operationSender } from '../../src/http/operation-sender.ts';
import { ConnectionError, createClient, type Fetch } from '../../src/index.ts';
import { cookieJar } from '../../src/session/cookie-jar.ts';
import { fixtureServer, json, type Responder } from '../support/fixture-server.ts';

afterEach(() => vi.unstubAllGlobals());

describe('the client options', () => {
  test('its headers go with every call', async () => {
    const server = await fixtureServer();
    const client = createClient({
      baseUrl: server.url,
      headers: { authorization: 'Bearer token', accept: 'text/html' },
    });
    await client.users.me();
    await client.messages.list();
    for (const { headers } of server.requests) {
      expect(headers.authorization).toBe('Bearer token');
      expect(headers.accept).toBe('application/json, application/problem+json');
    }
  });

  test.each([
    ['', '/health'],
    ['/', '/health'],
    ['/api/v1', '/api/v1/health'],
    ['/api/v1//', '/api/v1/health'],
    ['/api?key=1#top', '/api/health'],
  ])('a base that ends with %j leads to %s', async (end, path) => {
    const server = await fixtureServer();
    await createClient({ baseUrl: server.url + end }).health.get();
    expect(server.requests[0]?.line).toBe(`GET ${path}`);
  });

  test('a base relative to the page works where there is a page', async () => {
    const server = await fixtureServer();
    vi.stubGlobal('location', { href: `${server.url}/chat/index.html?tab=1` });
    await createClient({ baseUrl: '/' }).health.get();
    expect(server.requests[0]?.line).toBe('GET /health');
  });

  test('a base that is no URL is refused when the client is made', () => {
    expect(() => createClient({ baseUrl: '/' })).toThrow(TypeError);
  });

  test('its fetch is the one that is called, with the session and without redirects', async () => {
    const fetch = vi.fn<Fetch>(async () => Response.json({ status: 'OK' }));
    expect(await createClient({ baseUrl: 'http://chat.example', fetch }).health.get()).toEqual({ status: 'OK' });
    const [url, init] = fetch.mock.calls[0] ?? [];
    expect(url).toBe('http://chat.example/health');
    expect(init).toMatchObject({ method: 'GET', credentials: 'include', redirect: 'manual', body: null });
  });

  test('B14: no request may be cached', async () => {
    const fetch = vi.fn<Fetch>(async () => Response.json({ status: 'OK' }));
    await createClient({ baseUrl: 'http://chat.example', fetch }).health.get();
    expect(fetch.mock.calls[0]?.[1]).toMatchObject({ cache: 'no-store' });
  });

  test('B14: nothing is said of caches where that throws, which is found out once', async () => {
    const fetch = vi.fn<Fetch>(async () => Response.json({ status: 'OK' }));
    const refuse = vi.fn(() => {
      throw new TypeError("The 'cache' field on 'RequestInitializerDict' is not implemented.");
    });
    vi.stubGlobal('Request', refuse);
    const client = createClient({ baseUrl: 'http://chat.example', fetch });
    await client.health.get();
    await client.health.get();
    for (const [, init] of fetch.mock.calls) expect(init).not.toHaveProperty('cache');
    expect(refuse).toHaveBeenCalledTimes(1);
  });

  test('a global fetch that was replaced later is used', async () => {
    const client = createClient({ baseUrl: 'http://chat.example' });
    vi.stubGlobal('fetch', async () => Response.json({ status: 'OK' }));
    expect(await client.health.get()).toEqual({ status: 'OK' });
  });
});

test('a header parameter of the spec is sent', async () => {
  const server = await fixtureServer();
  // The types let no undefined through.
  const input = { header: { 'Idempotency-Key': 'key', 'If-Match': undefined } } as object;
  await operationSender({ baseUrl: server.url }, cookieJar())('getHealth', input);
  expect(server.requests[0]?.headers).toMatchObject({ 'idempotency-key': 'key' });
  expect(server.requests[0]?.headers).not.toHaveProperty('if-match');
});

describe('without an answer', () => {
  test('a refused connection is a ConnectionError with its cause', async () => {
    const server = await fixtureServer();
    await server.close();
    const error = await createClient({ baseUrl: server.url })
      .messages.list({ limit: 1 })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({
      name: 'ConnectionError',
      message: `No response to GET ${server.url}/messages`,
      cause: { name: 'TypeError', cause: { code: 'ECONNREFUSED' } },
    });
  });

  test('a body that is cut is a ConnectionError', async () => {
    const server = await fixtureServer((res) => {
      res.writeHead(200, { 'content-length': 100 }).write('{"status":');
      setTimeout(() => res.destroy(), 10);
    });
    const error = await createClient({ baseUrl: server.url })
      .health.get()
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({ message: `Incomplete response to GET ${server.url}/health` });
  });

  test('a redirect is no answer of the API, and nobody is redirected', async () => {
    const elsewhere = await fixtureServer();
    const server = await fixtureServer(json({}, 307, { location: `${elsewhere.url}/health` }));
    await expect(createClient({ baseUrl: server.url }).health.get()).rejects.toMatchObject({
      status: 307,
      code: undefined,
    });
    expect(elsewhere.requests).toEqual([]);
  });
});

describe('an aborted call', () => {
  test('rejects with an AbortError, before the answer', async () => {
    const server = await fixtureServer(() => undefined);
    const controller = new AbortController();
    const call = createClient({ baseUrl: server.url }).health.get({ signal: controller.signal });
    await vi.waitFor(() => expect(server.requests).toHaveLength(1));
    controller.abort();
    await expect(call).rejects.toBe(controller.signal.reason);
    await expect(call).rejects.toMatchObject({ name: 'AbortError' });
  });

  test.each<[string, Responder]>([
    ['before the response', () => undefined],
    ['during the body', (res) => res.writeHead(200).write('{"status":')],
  ])('closes the connection, %s', async (_, reply) => {
    const closed = vi.fn();
    const server = await fixtureServer((res, request) => {
      res.on('close', closed);
      reply(res, request);
    });
    const controller = new AbortController();
    const call = createClient({ baseUrl: server.url }).health.get({ signal: controller.signal });
    await vi.waitFor(() => expect(server.requests).toHaveLength(1));
    await sleep(20);
    expect(closed).not.toHaveBeenCalled();
    controller.abort();
    await expect(call).rejects.toBe(controller.signal.reason);
    await vi.waitFor(() => expect(closed).toHaveBeenCalledOnce());
  });

  test('rejects with the reason that was given, while the body comes', async () => {
    const server = await fixtureServer((res) => res.writeHead(200).write('{"status":'));
    const controller = new AbortController();
    const call = createClient({ baseUrl: server.url }).health.get({ signal: controller.signal });
    await vi.waitFor(() => expect(server.requests).toHaveLength(1));
    await sleep(20);
    const reason = { tab: 'closed' };
    controller.abort(reason);
    await expect(call).rejects.toBe(reason);
  });

  test('rejects with a TimeoutError when its time is over', async () => {
    const server = await fixtureServer(() => undefined);
    const call = createClient({ baseUrl: server.url }).health.get({ signal: AbortSignal.timeout(20) });
    await expect(call).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  test('is not sent if it was aborted before', async () => {
    const server = await fixtureServer();
    const call = createClient({ baseUrl: server.url }).health.get({ signal: AbortSignal.abort() });
    await expect(call).rejects.toMatchObject({ name: 'AbortError' });
    expect(server.requests).toEqual([]);
  });
});
