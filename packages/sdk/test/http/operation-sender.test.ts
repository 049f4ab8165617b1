import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { operationSender } from '../../src/http/operation-sender.ts';
import { ConnectionError, createClient, type Fetch } from '../../src/index.ts';
import { cookieJar } from '../../src/session/cookie-jar.ts';
import { fixtureServer, json, type Responder } from '../support/fixture-server.ts';

afterEach(() => vi.unstubAllGlobals());

describe('createClient', () => {
  test('sends its headers with every call', async () => {
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
  ])('resolves a baseUrl that ends with %j to %s', async (end, path) => {
    const server = await fixtureServer();
    await createClient({ baseUrl: server.url + end }).health.get();
    expect(server.requests[0]?.line).toBe(`GET ${path}`);
  });

  test('accepts a baseUrl relative to the page in a browser', async () => {
    const server = await fixtureServer();
    vi.stubGlobal('location', { href: `${server.url}/chat/index.html?tab=1` });
    await createClient({ baseUrl: '/' }).health.get();
    expect(server.requests[0]?.line).toBe('GET /health');
  });

  test('throws if baseUrl is not a URL', () => {
    expect(() => createClient({ baseUrl: '/' })).toThrow(TypeError);
  });

  test('calls its fetch, with credentials and without following redirects', async () => {
    const fetch = vi.fn<Fetch>(async () => Response.json({ status: 'OK' }));
    expect(await createClient({ baseUrl: 'http://chat.example', fetch }).health.get()).toEqual({ status: 'OK' });
    const [url, init] = fetch.mock.calls[0] ?? [];
    expect(url).toBe('http://chat.example/health');
    expect(init).toMatchObject({ method: 'GET', credentials: 'include', redirect: 'manual', body: null });
  });

  test('B14: disables caching for every request', async () => {
    const fetch = vi.fn<Fetch>(async () => Response.json({ status: 'OK' }));
    await createClient({ baseUrl: 'http://chat.example', fetch }).health.get();
    expect(fetch.mock.calls[0]?.[1]).toMatchObject({ cache: 'no-store' });
  });

  test('B14: omits the cache option on platforms that reject it, and checks this once', async () => {
    const fetch = vi.fn<Fetch>(async () => Response.json({ status: 'OK' }));
    const reject = vi.fn(() => {
      throw new TypeError("The 'cache' field on 'RequestInitializerDict' is not implemented.");
    });
    vi.stubGlobal('Request', reject);
    const client = createClient({ baseUrl: 'http://chat.example', fetch });
    await client.health.get();
    await client.health.get();
    for (const [, init] of fetch.mock.calls) expect(init).not.toHaveProperty('cache');
    expect(reject).toHaveBeenCalledTimes(1);
  });

  test('uses a global fetch that is replaced later', async () => {
    const client = createClient({ baseUrl: 'http://chat.example' });
    vi.stubGlobal('fetch', async () => Response.json({ status: 'OK' }));
    expect(await client.health.get()).toEqual({ status: 'OK' });
  });
});

test('header parameters of the contract are sent', async () => {
  const server = await fixtureServer();
  // The cast: the types do not allow `undefined`.
  const input = { header: { 'Idempotency-Key': 'key', 'If-Match': undefined } } as object;
  await operationSender({ baseUrl: server.url }, cookieJar())('getHealth', input);
  expect(server.requests[0]?.headers).toMatchObject({ 'idempotency-key': 'key' });
  expect(server.requests[0]?.headers).not.toHaveProperty('if-match');
});

describe('without a complete response', () => {
  test('a refused connection causes a ConnectionError with its cause', async () => {
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

  test('a truncated body causes a ConnectionError', async () => {
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

  test('a redirect causes an ApiError without a code and is not followed', async () => {
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
  test('rejects with an AbortError before the response', async () => {
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

  test('rejects with the reason of the signal during the body', async () => {
    const server = await fixtureServer((res) => res.writeHead(200).write('{"status":'));
    const controller = new AbortController();
    const call = createClient({ baseUrl: server.url }).health.get({ signal: controller.signal });
    await vi.waitFor(() => expect(server.requests).toHaveLength(1));
    await sleep(20);
    const reason = { tab: 'closed' };
    controller.abort(reason);
    await expect(call).rejects.toBe(reason);
  });

  test('rejects with the TimeoutError of AbortSignal.timeout', async () => {
    const server = await fixtureServer(() => undefined);
    const call = createClient({ baseUrl: server.url }).health.get({ signal: AbortSignal.timeout(20) });
    await expect(call).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  test('is not sent if the signal is already aborted', async () => {
    const server = await fixtureServer();
    const call = createClient({ baseUrl: server.url }).health.get({ signal: AbortSignal.abort() });
    await expect(call).rejects.toMatchObject({ name: 'AbortError' });
    expect(server.requests).toEqual([]);
  });
});
