import { responseValidators } from '@async-chatbot/api-spec/response-validators';
import { Problem } from '@async-chatbot/shared/problem';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Router } from '../../src/http/router.ts';
import type { Turn } from '../../src/ports/bot.ts';
import { CREDENTIALS, memoryPipeline } from './memory-pipeline.ts';

const FOREIGN = { 'sec-fetch-site': 'cross-site', 'content-type': 'application/json' };
const BAD = { json: { email: 'canary' } };

afterEach(() => void vi.restoreAllMocks());

describe('the order of the steps', () => {
  it('403 for a cross-site page, before anything is counted or read', async () => {
    const { send } = memoryPipeline();
    const { status, headers, readBody } = await send('POST', '/users/login', { ...BAD, headers: FOREIGN });
    expect(status).toBe(403);
    expect(headers.has('ratelimit')).toBe(false);
    expect(readBody).not.toHaveBeenCalled();
  });

  it('403 for a cross-site page, even if the path cannot be decoded', async () => {
    const { send } = memoryPipeline();
    const { status, record } = await send('PUT', '/messages/%E0%A4%A', { headers: FOREIGN });
    expect([status, record.operationId]).toEqual([403, 'editMessage']);
    expect((await send('PUT', '/messages/%E0%A4%A')).document.code).toBe('malformed-request');
  });

  it('429 for an address, before the body is read', async () => {
    const { send } = memoryPipeline({ perMinute: { address: 3 } });
    const flood = [];
    for (let count = 0; count < 10; count += 1) flood.push(await send('POST', '/users/login', BAD));
    expect(flood.map(({ status }) => status)).toEqual([422, 422, 422, 429, 429, 429, 429, 429, 429, 429]);
    expect(flood.filter(({ readBody }) => readBody.mock.calls.length > 0)).toHaveLength(3);
    expect(flood[9]?.headers.get('ratelimit')).toMatch(/^"address";r=0;t=\d+$/);
    expect(flood[9]?.headers.get('retry-after')).toMatch(/^\d+$/);
  });

  it('422 counts against the address, but not the email', async () => {
    const { send } = memoryPipeline();
    const { headers, document } = await send('POST', '/users/login', {
      json: { email: CREDENTIALS.email, password: CREDENTIALS.password, canary: true },
    });
    expect(document.code).toBe('validation-failed');
    expect(headers.get('ratelimit-policy')).toBe('"address";q=20;w=60, "email";q=5;w=60, "account";q=30;w=60');
    expect(headers.get('ratelimit')).toBe('"address";r=19;t=60');
    const login = await send('POST', '/users/login', { json: CREDENTIALS });
    expect(login.headers.get('ratelimit')).toMatch(/^"address";r=18;t=\d+, "email";r=4;t=\d+, "account";r=29;t=\d+$/);
  });

  it('a request whose body is rejected counts against the address', async () => {
    const { send } = memoryPipeline();
    const readBody = () => Promise.reject(new Problem('body-too-large'));
    const { status, headers } = await send('POST', '/users/login', { readBody });
    expect(status).toBe(413);
    expect(headers.get('ratelimit')).toBe('"address";r=19;t=60');
  });

  it('401 before the body is read', async () => {
    const { send } = memoryPipeline();
    const { status, readBody } = await send('POST', '/messages', { json: { content: 'canary' } });
    expect(status).toBe(401);
    expect(readBody).not.toHaveBeenCalled();
  });

  it('422 for a user’s request, before it is counted', async () => {
    const { send, login } = memoryPipeline();
    const cookies = await login();
    const { status, headers, record } = await send('PUT', '/users/me/password', { cookies, json: {} });
    expect(status).toBe(422);
    expect(headers.has('ratelimit')).toBe(false);
    expect(record.userId).toEqual(expect.any(String));
  });

  it('the body is read once, and only for operations with a body', async () => {
    const { send, login } = memoryPipeline();
    const cookies = await login();
    const sent = await send('POST', '/messages', { cookies, json: { content: 'canary' } });
    expect(sent.status).toBe(201);
    expect(sent.readBody).toHaveBeenCalledOnce();
    const listed = await send('GET', '/messages', { cookies, json: { canary: true } });
    expect(listed.status).toBe(200);
    expect(listed.readBody).not.toHaveBeenCalled();
  });
});

describe('routing', () => {
  it.each([
    ['POST', '/messages', 201],
    ['GET', '/messages/01920000-0000-7000-8000-000000000000', 404],
    ['GET', '/canary', 404],
    ['DELETE', '/messages', 405],
  ])('%s %s is matched once and parsed once', async (method, path, status) => {
    const { send, login } = memoryPipeline();
    const cookies = await login();
    const matches = vi.spyOn(Router.prototype, 'matchOperation');
    const parses = vi.spyOn(Router.prototype, 'parseRequest');
    expect((await send(method, path, { cookies, json: { content: 'canary' } })).status).toBe(status);
    expect(matches).toHaveBeenCalledOnce();
    expect(parses).toHaveBeenCalledTimes(status === 405 || path === '/canary' ? 0 : 1);
  });

  it('404 for an unknown path, and 405 with the methods of a known one', async () => {
    const { send } = memoryPipeline();
    expect((await send('GET', '/canary')).document.code).toBe('not-found');
    const { status, headers, record } = await send('DELETE', '/messages/');
    expect(status).toBe(405);
    expect(headers.get('allow')?.split(', ').sort()).toEqual(['GET', 'HEAD', 'POST']);
    expect(record.operationId).toBeUndefined();
  });

  it('200 for HEAD as for GET', async () => {
    const { send } = memoryPipeline();
    const [get, head] = [await send('GET', '/health'), await send('HEAD', '/health/')];
    expect(head).toMatchObject({ status: 200, body: get.body, record: { operationId: 'getHealth' } });
  });
});

describe('a handle never rejects', () => {
  const failure = async (): Promise<never> => {
    throw new TypeError('canary');
  };

  it('500 for an unexpected error, with its cause only in the log', async () => {
    const { send, login, deps } = memoryPipeline();
    const cookies = await login();
    vi.spyOn(deps.messages, 'list').mockImplementation(failure);
    const { status, body, record, headers } = await send('GET', '/messages', { cookies });
    expect(status).toBe(500);
    expect(headers.get('content-type')).toBe('application/problem+json');
    expect(body).not.toContain('canary');
    expect(record.problem).toMatchObject({ code: 'internal-error', cause: expect.any(TypeError) });
  });

  it('500 for a body that cannot be read, and for a failing limiter or identity', async () => {
    const { send, deps } = memoryPipeline();
    expect((await send('POST', '/users/login', { readBody: failure })).status).toBe(500);
    vi.spyOn(deps.rateLimiter, 'take').mockImplementation(failure);
    expect((await send('POST', '/users/login', { json: CREDENTIALS })).status).toBe(500);
    vi.spyOn(deps.identity, 'verify').mockImplementation(failure);
    expect((await send('GET', '/messages', { cookies: { access_token: 'canary' } })).status).toBe(500);
  });
});

async function firstOf(body: string | AsyncIterable<string>): Promise<string> {
  for await (const text of body) return text;
  return '';
}

describe('streams', () => {
  const headers = { 'content-type': 'application/json', accept: 'text/event-stream' };

  /** Emits a delta, and then waits until it is stopped. */
  async function* endlessBot(_turn: Turn, signal: AbortSignal) {
    yield 'canary';
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    throw signal.reason;
  }

  it('end when the signal is aborted', async () => {
    const { send, login } = memoryPipeline({ bot: endlessBot });
    const cookies = await login();
    const client = new AbortController();
    const { signal } = client;
    const { body } = await send('POST', '/messages', {
      cookies,
      headers,
      signal: () => signal,
      json: { content: 'canary' },
    });
    let text = '';
    for await (const event of body) {
      text += event;
      if (text.includes('reply-delta')) client.abort();
    }
    expect(text).not.toContain('reply-completed');
  });

  it('are limited to three per user, until a signal is aborted', async () => {
    const { send, login } = memoryPipeline();
    const cookies = await login();
    const clients = [1, 2, 3].map(() => new AbortController());
    const open = (signal: AbortSignal) =>
      send('POST', '/messages', { cookies, headers, signal: () => signal, json: { content: 'canary' } });
    for (const { signal } of clients) {
      const { status, body, headers } = await open(signal);
      expect(status).toBe(201);
      expect(Object.fromEntries(headers)).toMatchObject({
        'content-type': 'text/event-stream',
        'cache-control': 'no-store, no-transform',
        'x-accel-buffering': 'no',
      });
      for await (const text of body) expect(text).toMatch(/^(id|event): /);
    }
    expect((await open(new AbortController().signal)).document.code).toBe('too-many-streams');
    clients[0]?.abort();
    expect((await open(new AbortController().signal)).status).toBe(201);
  });

  it('take a slot whatever the client accepts, if the operation only has events', async () => {
    const { send, login } = memoryPipeline({ bot: endlessBot });
    const cookies = await login();
    const sent = await send('POST', '/messages', { cookies, headers, json: { content: 'canary' } });
    const [, reply = ''] = /"id_reply":"([^"]+)"/.exec(await firstOf(sent.body)) ?? [];
    const resume = () => send('GET', `/messages/${reply}/events`, { cookies, headers: { accept: 'application/json' } });
    expect([(await resume()).status, (await resume()).status]).toEqual([200, 200]);
    expect((await resume()).document.code).toBe('too-many-streams');
  });

  it('take no slot for HEAD', async () => {
    const { send, login } = memoryPipeline({ bot: endlessBot });
    const cookies = await login();
    const sent = await send('POST', '/messages', { cookies, headers, json: { content: 'canary' } });
    const [, reply = ''] = /"id_reply":"([^"]+)"/.exec(await firstOf(sent.body)) ?? [];
    for (let count = 0; count < 5; count += 1)
      expect((await send('HEAD', `/messages/${reply}/events`, { cookies })).status).toBe(200);
  });

  it('take no slot for a client that has disconnected', async () => {
    const { send, login } = memoryPipeline();
    const cookies = await login();
    for (let count = 0; count < 5; count += 1) {
      const signal = AbortSignal.abort();
      const { status } = await send('POST', '/messages', {
        cookies,
        headers,
        signal: () => signal,
        json: { content: 'canary' },
      });
      expect(status).toBe(201);
    }
  });
});

describe('sessions', () => {
  it('sets cookies at login, and clears them when the session has ended', async () => {
    const { send, login, deps } = memoryPipeline();
    const cookies = await login();
    expect(Object.keys(cookies)).toEqual(['access_token', 'refresh_token']);
    vi.spyOn(deps.identity, 'refresh').mockRejectedValue(new Problem('session-expired'));
    const { status, headers } = await send('POST', '/users/refresh', { cookies });
    expect(status).toBe(401);
    const cleared = headers.getSetCookie().map((cookie) => cookie.split('; ')[0]);
    expect(cleared).toEqual(['access_token=', 'refresh_token=']);
  });

  it('400 for both credentials at once', async () => {
    const { send, login } = memoryPipeline();
    const cookies = await login();
    const { document } = await send('GET', '/messages', { cookies, headers: { authorization: 'Bearer canary' } });
    expect(document.code).toBe('ambiguous-credentials');
  });
});

describe('a sample of responses', () => {
  const broken = { messages: [{ id_message: 'canary' }] };

  async function listed(sample: number, random: number) {
    const validation = { validators: responseValidators, sample, isStrict: false };
    const { send, login, deps } = memoryPipeline({ responseValidation: validation });
    const cookies = await login();
    // The cast: it violates the contract on purpose.
    vi.spyOn(deps.messages, 'list').mockResolvedValue(broken as never);
    vi.spyOn(Math, 'random').mockReturnValue(random);
    return send('GET', '/messages', { cookies });
  }

  it.each([
    [0.01, 0.0099],
    [1, 0.9999],
  ])('of %d includes %d', async (sample, random) => {
    const { status, document, record } = await listed(sample, random);
    expect(status).toBe(200);
    expect(document).toEqual(broken);
    expect(record.violation).toMatch(/^listMessages violates the contract of 200: .*must have required property/);
    expect(record.violation).not.toContain('canary');
  });

  it.each([
    [0, 0],
    [0.01, 0.01],
  ])('of %d excludes %d', async (sample, random) => {
    const { status, record } = await listed(sample, random);
    expect(status).toBe(200);
    expect(record.violation).toBeUndefined();
  });
});
