import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createMockServer } from '../../src/testing/index.ts';
import { CREDENTIALS, mockSession } from '../support/mock-session.ts';

const login = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(CREDENTIALS) };

describe('the fetch of a mock server', () => {
  it('accepts the arguments of fetch', async () => {
    const { fetch, baseUrl, addUser } = createMockServer({ baseUrl: 'https://chat.test/api/' });
    addUser(CREDENTIALS);
    expect(baseUrl).toBe('https://chat.test/api');
    const url = new URL(`${baseUrl}/users/login`);
    const responses = [
      await fetch(url.href, login),
      await fetch(url, login),
      await fetch(new Request(url, login)),
      await fetch(new Request(url), login),
      await fetch(new Request(url, { ...login, method: 'PUT' }), { method: 'POST' }),
    ];
    for (const response of responses) {
      expect(await response.json()).toEqual({ message: 'Login successful' });
      expect(response.headers.getSetCookie()).toHaveLength(2);
    }
  });

  it('accepts a Request, as an interceptor passes it', async () => {
    const { server } = await mockSession();
    const { headers } = await server.fetch(`${server.baseUrl}/users/login`, login);
    const cookie = headers
      .getSetCookie()
      .map((each) => each.split(';')[0])
      .join('; ');
    const response = await server.fetch(new Request(`${server.baseUrl}/users/me`, { headers: { cookie } }));
    expect(await response.json()).toMatchObject({ email: CREDENTIALS.email });
  });

  it('sets Secure cookies over https only', async () => {
    for (const [baseUrl, cookie] of [
      [
        'https://chat.test',
        /^__Host-access_token=[^;]+; Max-Age=2592000; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/,
      ],
      [
        'http://localhost:8000',
        /^access_token=[^;]+; Max-Age=2592000; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/,
      ],
    ] as const) {
      const { server } = await mockSession({ baseUrl });
      const { headers } = await server.fetch(`${baseUrl}/users/login`, login);
      expect(headers.getSetCookie()[0]).toMatch(cookie);
    }
  });

  it('rejects with the reason of its signal before and during the response', async () => {
    const { server } = await mockSession();
    const authorization = `Bearer ${server.tokenFor(CREDENTIALS.email)}`;
    const url = `${server.baseUrl}/users/me`;
    await expect(server.fetch(url, { signal: AbortSignal.abort('canary') })).rejects.toBe('canary');
    expect(server.requests).toHaveLength(1);

    server.fault('getCurrentUser', { delayMs: 10_000 });
    const waiting = new AbortController();
    const response = server.fetch(url, { signal: waiting.signal });
    waiting.abort('canary');
    await expect(response).rejects.toBe('canary');

    server.reply({ deltas: ['Hello'], end: 'never' });
    const reading = new AbortController();
    const { body } = await server.fetch(`${server.baseUrl}/messages`, {
      method: 'POST',
      headers: { authorization, accept: 'text/event-stream', 'content-type': 'application/json' },
      body: '{"content":"canary"}',
      signal: reading.signal,
    });
    const reader = body?.getReader();
    await reader?.read();
    reading.abort('canary');
    await expect(reader?.read()).rejects.toBe('canary');
  });

  it('frees the slot of a rejected stream whose body is not read', async () => {
    const { server } = await mockSession();
    const headers = { authorization: `Bearer ${server.tokenFor(CREDENTIALS.email)}` };
    const unknown = `${server.baseUrl}/messages/01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b/events`;
    for (let count = 0; count < 5; count += 1) expect((await server.fetch(unknown, { headers })).status).toBe(404);
  });

  it('leaves no timer running after the client aborts', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { server } = await mockSession();
    server.reply({ deltas: [], end: 'never' });
    const authorization = `Bearer ${server.tokenFor(CREDENTIALS.email)}`;
    const client = new AbortController();
    const response = server.fetch(`${server.baseUrl}/messages`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: '{"content":"canary"}',
      signal: client.signal,
    });
    await vi.advanceTimersByTimeAsync(10);
    expect(vi.getTimerCount()).toBe(1);
    client.abort('canary');
    await expect(response).rejects.toBe('canary');
    await vi.advanceTimersByTimeAsync(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('leaves no listener on the signal of completed requests', async () => {
    const { server } = await mockSession();
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, 'addEventListener');
    const removed = vi.spyOn(signal, 'removeEventListener');
    for (let count = 0; count < 5; count += 1)
      await (await server.fetch(`${server.baseUrl}/health`, { signal })).text();
    server.fault('getHealth', { connection: 'reset' });
    await expect(server.fetch(`${server.baseUrl}/health`, { signal })).rejects.toThrow('fetch failed');
    const left = added.mock.calls.filter(([, listener]) => !removed.mock.calls.some(([, other]) => other === listener));
    expect(left).toEqual([]);
  });

  it('runs no timer for a stream that is not being read', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { server } = await mockSession();
    server.reply({ deltas: ['Hello'], end: 'never' });
    const authorization = `Bearer ${server.tokenFor(CREDENTIALS.email)}`;
    const headers = { authorization, accept: 'text/event-stream', 'content-type': 'application/json' };
    const body = '{"content":"canary"}';
    const response = await server.fetch(`${server.baseUrl}/messages`, { method: 'POST', headers, body });
    const reader = response.body?.getReader();
    // The message, the start of the reply, its delta.
    for (let count = 0; count < 3; count += 1) await reader?.read();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('parses cookies as the server does', async () => {
    const { server } = await mockSession({ baseUrl: 'http://localhost:8000' });
    const token = server.tokenFor(CREDENTIALS.email);
    const statusOf = async (cookie: string) =>
      (await server.fetch('http://localhost:8000/users/me', { headers: { cookie } })).status;
    expect(await statusOf(`a=1; access_token=${token}; b=2`)).toBe(200);
    expect(await statusOf(`access_token="${token}"`)).toBe(200);
    expect(await statusOf(`access_token=${encodeURIComponent(token)}`)).toBe(200);
    expect(await statusOf(`access_token=${token}=x`)).toBe(401);
    expect(await statusOf(`a_access_token=canary; access_token=${token}`)).toBe(200);
    expect(await statusOf(`access_token=canary; access_token=${token}`)).toBe(400);
  });

  it('responds to HEAD with the headers of GET', async () => {
    const { server } = await mockSession();
    const [get, head] = [
      await server.fetch(`${server.baseUrl}/health`),
      await server.fetch(`${server.baseUrl}/health`, { method: 'HEAD' }),
    ];
    expect(await head.text()).toBe('');
    expect(head.headers.get('content-length')).toBe(get.headers.get('content-length'));
  });

  it('sends heartbeats while there are no events', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { server, client } = await mockSession();
    server.reply({ deltas: ['Hello'], end: 'never' });
    const authorization = `Bearer ${server.tokenFor(CREDENTIALS.email)}`;
    const headers = { authorization, accept: 'text/event-stream', 'content-type': 'application/json' };
    const body = '{"content":"canary"}';
    const response = await server.fetch(`${server.baseUrl}/messages`, { method: 'POST', headers, body });
    const text = response.text();
    await vi.advanceTimersByTimeAsync(31_000);
    const [message] = (await client.messages.list()).messages;
    await client.messages.cancel(message?.id_message ?? '');
    expect(await text).toMatch(/\n\n:\n\n:\n\nid: 1-end\nevent: reply-cancelled\n/);
  });
});
