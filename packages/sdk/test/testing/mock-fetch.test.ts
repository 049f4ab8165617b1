import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createMockServer } from '../../src/testing/index.ts';
import { ada, CREDENTIALS } from '../support/mock-session.ts';

const login = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(CREDENTIALS) };

describe("a mock's fetch", () => {
  it('takes what fetch takes', async () => {
    const { fetch, baseUrl, addUser } = createMockServer({ baseUrl: 'https://chat.test/api/' });
    addUser(CREDENTIALS);
    expect(baseUrl).toBe('https://chat.test/api');
    const url = new URL(`${baseUrl}/users/login`);
    const answers = [
      await fetch(url.href, login),
      await fetch(url, login),
      await fetch(new Request(url, login)),
      await fetch(new Request(url), login),
      await fetch(new Request(url, { ...login, method: 'PUT' }), { method: 'POST' }),
    ];
    for (const answer of answers) {
      expect(await answer.json()).toEqual({ message: 'Login successful' });
      expect(answer.headers.getSetCookie()).toHaveLength(2);
    }
  });

  it('answers the handler of an interceptor, which has a Request', async () => {
    const { server } = await ada();
    const { headers } = await server.fetch(`${server.baseUrl}/users/login`, login);
    const cookie = headers
      .getSetCookie()
      .map((each) => each.split(';')[0])
      .join('; ');
    const answer = await server.fetch(new Request(`${server.baseUrl}/users/me`, { headers: { cookie } }));
    expect(await answer.json()).toMatchObject({ email: CREDENTIALS.email });
  });

  it('has secure cookies over https, and others over http', async () => {
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
      const { server } = await ada({ baseUrl });
      const { headers } = await server.fetch(`${baseUrl}/users/login`, login);
      expect(headers.getSetCookie()[0]).toMatch(cookie);
    }
  });

  it('rejects with the reason of its signal, before it answers and while it does', async () => {
    const { server } = await ada();
    const authorization = `Bearer ${server.tokenFor(CREDENTIALS.email)}`;
    const url = `${server.baseUrl}/users/me`;
    await expect(server.fetch(url, { signal: AbortSignal.abort('canary') })).rejects.toBe('canary');
    expect(server.requests).toHaveLength(1);

    server.fault('getCurrentUser', { delayMs: 10_000 });
    const waiting = new AbortController();
    const answer = server.fetch(url, { signal: waiting.signal });
    waiting.abort('canary');
    await expect(answer).rejects.toBe('canary');

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

  it('frees the slot of a stream that was refused and not read', async () => {
    const { server } = await ada();
    const headers = { authorization: `Bearer ${server.tokenFor(CREDENTIALS.email)}` };
    const unknown = `${server.baseUrl}/messages/01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b/events`;
    for (let count = 0; count < 5; count += 1) expect((await server.fetch(unknown, { headers })).status).toBe(404);
  });

  it('leaves no timer behind for a client that has left', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { server } = await ada();
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

  it('leaves no listener on the signal of requests that are over', async () => {
    const { server } = await ada();
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

  it('has no timer for a stream whose reader has stopped', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { server } = await ada();
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

  it('reads cookies as the server does', async () => {
    const { server } = await ada({ baseUrl: 'http://localhost:8000' });
    const token = server.tokenFor(CREDENTIALS.email);
    const statusOf = async (cookie: string) =>
      (await server.fetch('http://localhost:8000/users/me', { headers: { cookie } })).status;
    expect(await statusOf(`a=1; access_token=${token}; b=2`)).toBe(200);
    expect(await statusOf(`access_token="${token}"`)).toBe(200);
    expect(await statusOf(`access_token=${encodeURIComponent(token)}`)).toBe(200);
    expect(await statusOf(`access_token=${token}=x`)).toBe(401);
    expect(await statusOf(`access_token=canary; access_token=${token}`)).toBe(401);
  });

  it('answers a HEAD with the headers of a GET', async () => {
    const { server } = await ada();
    const [get, head] = [
      await server.fetch(`${server.baseUrl}/health`),
      await server.fetch(`${server.baseUrl}/health`, { method: 'HEAD' }),
    ];
    expect(await head.text()).toBe('');
    expect(head.headers.get('content-length')).toBe(get.headers.get('content-length'));
  });

  it('gives signs of life while there is nothing to tell', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { server, client } = await ada();
    server.reply({ deltas: ['Hello'], end: 'never' });
    const authorization = `Bearer ${server.tokenFor(CREDENTIALS.email)}`;
    const headers = { authorization, accept: 'text/event-stream', 'content-type': 'application/json' };
    const body = '{"content":"canary"}';
    const answer = await server.fetch(`${server.baseUrl}/messages`, { method: 'POST', headers, body });
    const text = answer.text();
    await vi.advanceTimersByTimeAsync(31_000);
    const [message] = (await client.messages.list()).messages;
    await client.messages.cancel(message?.id_message ?? '');
    expect(await text).toMatch(/\n\n:\n\n:\n\nid: 1-5\nevent: reply-cancelled\n/);
  });
});
