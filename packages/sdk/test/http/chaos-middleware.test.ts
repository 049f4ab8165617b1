import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createClient, type Middleware, TimeoutError } from '../../src/index.ts';
import { logging } from '../../src/logging.ts';
import { fixtureServer, json } from '../support/fixture-server.ts';

// Makes retries immediate.
beforeEach(() => void vi.spyOn(Math, 'random').mockReturnValue(0));
afterEach(() => vi.restoreAllMocks());

const draft = { content: 'canary' };

describe('middleware', () => {
  const clientWith = (url: string, ...middleware: Middleware[]) => createClient({ baseUrl: url, middleware });

  test('that throws rejects the call with its error, without a retry', async () => {
    const reason = new Error('canary');
    const fail = vi.fn<Middleware>(() => {
      throw reason;
    });
    const observed = vi.fn();
    const note: Middleware = (request, next) =>
      next(request).catch((error: unknown) => {
        observed(error);
        throw error;
      });
    const server = await fixtureServer();
    await expect(clientWith(server.url, note, fail).messages.list()).rejects.toBe(reason);
    expect(observed.mock.calls).toEqual([[reason]]);
    expect(fail).toHaveBeenCalledOnce();
    expect(server.requests).toEqual([]);
  });

  test('that never responds causes a TimeoutError, before or after the request', async () => {
    const server = await fixtureServer();
    const silent: Middleware = () => new Promise(() => undefined);
    const deaf: Middleware = (request, next) => next(request).then(() => new Promise(() => undefined));
    for (const middleware of [silent, deaf]) {
      const { messages } = clientWith(server.url, middleware);
      const call = messages.edit('canary', draft, { timeoutMs: 30 });
      await expect(call).rejects.toBeInstanceOf(TimeoutError);
    }
  });

  test('may retry the request itself', async () => {
    const replies = [json({}, 503)];
    const server = await fixtureServer((res, request) => (replies.shift() ?? json({ messages: [] }))(res, request));
    const retry: Middleware = async (request, next) => {
      const response = await next(request);
      return response.ok ? response : next(request);
    };
    expect(await clientWith(server.url, retry).messages.list({}, { maxRetries: 0 })).toEqual({ messages: [] });
    expect(server.requests).toHaveLength(2);
  });

  test('that has consumed the body causes a ConnectionError', async () => {
    const server = await fixtureServer();
    const greedy: Middleware = async (request, next) => {
      const response = await next(request);
      await response.text();
      return response;
    };
    const call = clientWith(server.url, greedy).messages.edit('canary', draft);
    await expect(call).rejects.toMatchObject({ name: 'ConnectionError', cause: { name: 'TypeError' } });
  });

  test('that changes a request changes only this attempt', async () => {
    const replies = [json({}, 503)];
    const server = await fixtureServer((res, request) => (replies.shift() ?? json({}))(res, request));
    const change: Middleware = (request, next) => {
      if (request.retries > 0) return next(request);
      request.headers.set('x-canary', 'changed');
      request.url += '?changed=1';
      return next({ ...request, body: null, method: 'PUT' });
    };
    await clientWith(server.url, change).messages.send(draft);
    expect(server.requests.map(({ line, body }) => [line, body])).toEqual([
      ['PUT /messages?changed=1', ''],
      ['POST /messages', JSON.stringify(draft)],
    ]);
    expect(server.requests[1]?.headers).not.toHaveProperty('x-canary');
  });
});

test('a call that is already aborted runs no middleware and requests no token', async () => {
  const pass = vi.fn<Middleware>((request, next) => next(request));
  const token = vi.fn(() => 'canary');
  const client = createClient({ baseUrl: 'http://chat.example', middleware: [pass], token });
  const signal = AbortSignal.abort(new Error('canary'));
  await expect(client.messages.edit('canary', draft, { signal })).rejects.toBe(signal.reason);
  expect([pass, token].map(({ mock }) => mock.calls)).toEqual([[], []]);
});

test('a logger that throws rejects the call and is called once', async () => {
  const reason = new Error('canary');
  const write = vi.fn(() => {
    throw reason;
  });
  const server = await fixtureServer();
  const client = createClient({ baseUrl: server.url, middleware: [logging(write)] });
  await expect(client.messages.list()).rejects.toBe(reason);
  expect(write).toHaveBeenCalledOnce();
});

test('a token function that takes too long causes a TimeoutError, and nothing is sent', async () => {
  const server = await fixtureServer();
  const late = () => sleep(60).then(() => 'canary');
  for (const token of [() => new Promise<string>(() => undefined), late]) {
    const { messages } = createClient({ baseUrl: server.url, token, timeoutMs: 20, maxRetries: 0 });
    await expect(messages.list()).rejects.toBeInstanceOf(TimeoutError);
  }
  await sleep(80);
  expect(server.requests).toEqual([]);
});
