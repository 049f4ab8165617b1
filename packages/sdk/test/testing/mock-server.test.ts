import { describe, expect, it } from 'vitest';
import { createClient } from '../../src/index.ts';
import { createMockServer } from '../../src/testing/index.ts';
import { CREDENTIALS, mockSession } from '../support/mock-session.ts';

const { email, password } = CREDENTIALS;

describe('a mock server', () => {
  it('records its requests', async () => {
    const { server, client } = await mockSession();
    await client.messages.send({ content: 'canary' }, { idempotencyKey: 'canary-key' });
    await client.messages.list({ limit: 2 });
    expect(server.requests).toMatchObject([
      { operationId: 'loginUser', method: 'POST', path: '/users/login', body: CREDENTIALS },
      { operationId: 'sendMessage', headers: { 'idempotency-key': 'canary-key' }, body: { content: 'canary' } },
      { operationId: 'listMessages', method: 'GET', path: '/messages?limit=2', body: undefined },
    ]);
  });

  it('expires sessions, which are then refreshed', async () => {
    const { server, client } = await mockSession();
    server.expireSessions();
    expect(await client.users.me()).toMatchObject({ email });
    expect(server.requests.map(({ operationId }) => operationId).slice(1)).toEqual([
      'getCurrentUser',
      'refreshSession',
      'getCurrentUser',
    ]);
  });

  it('ends sessions', async () => {
    const ended: unknown[] = [];
    const { server, client } = await mockSession({}, { onSessionEnd: ({ code }) => ended.push(code) });
    server.endSessions();
    await expect(client.users.me()).rejects.toMatchObject({ code: 'session-expired' });
    expect(ended).toEqual(['session-expired']);
  });

  it('B1: forbids proxies from transforming streams, as the server does', async () => {
    const { server, client } = await mockSession();
    const { user_message } = await client.messages.send({ content: 'canary' });
    const headers = { authorization: `Bearer ${server.tokenFor(email)}` };
    const cacheControl = async (path: string) =>
      (await server.fetch(server.baseUrl + path, { headers })).headers.get('cache-control');
    expect(await cacheControl(`/messages/${user_message.id_message}/events`)).toBe('no-store, no-transform');
    expect(await cacheControl('/users/me/export')).toBe('no-store, no-transform');
    expect(await cacheControl('/messages')).toBe('no-store');
  });

  it.each(['W/"1"', '"1-gzip"', '"7", W/"1;br"'])('B2: accepts %s for "1", as proxies change it', async (ifMatch) => {
    const { client } = await mockSession();
    const { user_message } = await client.messages.send({ content: 'canary' });
    const edited = await client.messages.edit(user_message.id_message, { content: 'canary 2' }, { ifMatch });
    expect(edited.version).toBe(2);
    const late = client.messages.delete(user_message.id_message, { ifMatch });
    await expect(late).rejects.toMatchObject({ code: 'message-changed' });
  });

  it('issues bearer tokens', async () => {
    const { server } = await mockSession();
    const headers = { authorization: `Bearer ${server.tokenFor(email)}` };
    const tokenClient = createClient({ baseUrl: server.baseUrl, fetch: server.fetch, headers });
    expect(await tokenClient.users.me()).toMatchObject({ email });
  });

  it('returns the codes that the API would email', async () => {
    const server = createMockServer({ registration: 'confirm' });
    const client = createClient({ baseUrl: server.baseUrl, fetch: server.fetch });
    expect(await client.users.register({ email, password })).toEqual({ message: 'Check your e-mail' });
    await expect(client.users.login({ email, password })).rejects.toMatchObject({ code: 'email-not-confirmed' });
    await client.users.confirm({ email, code: server.codeFor(email) });
    await client.users.login({ email, password });
    await client.users.forgotPassword({ email });
    await client.users.resetPassword({ email, code: server.codeFor(email), password: 'canary-2' });
    await client.users.login({ email, password: 'canary-2' });
  });

  it('replaces the registered password with that of the confirmation', async () => {
    const server = createMockServer({ registration: 'confirm' });
    const client = createClient({ baseUrl: server.baseUrl, fetch: server.fetch });
    await client.users.register({ email, password: 'canary-2' });
    await client.users.confirm({ email, code: server.codeFor(email), password });
    await expect(client.users.login({ email, password: 'canary-2' })).rejects.toMatchObject({
      code: 'invalid-credentials',
    });
    await client.users.login({ email, password });
  });

  it('uses the given clock', async () => {
    let now = new Date('2026-11-25T12:00:00.000Z');
    const { client } = await mockSession({ now: () => now });
    const { user_message } = await client.messages.send({ content: 'canary' });
    expect(user_message.timestamp).toBe('2026-11-25T12:00:00.000Z');
    now = new Date('2026-11-25T12:06:00.000Z');
    await expect(client.users.delete()).rejects.toMatchObject({ code: 'recent-login-required' });
    expect((await client.users.usage()).resets_at).toBe('2026-11-26T00:00:00.000Z');
  });

  it('deletes everything on reset', async () => {
    const { server, client } = await mockSession();
    server.fault('*', { problem: 'internal-error' });
    server.reply('canary');
    server.reset();
    expect(server.requests).toEqual([]);
    await expect(client.users.me()).rejects.toMatchObject({ code: 'session-expired' });
    server.addUser({ email, password });
    await client.users.login({ email, password });
    const { bot_response } = await client.messages.send({ content: 'canary' });
    expect(bot_response.content).not.toBe('canary');
  });

  it('throws an error for mistakes in a test', async () => {
    const { server } = await mockSession();
    expect(() => server.addUser(CREDENTIALS)).toThrow(`The address ${email} is taken`);
    expect(() => server.tokenFor('canary-nobody@example.com')).toThrow('No user has the address');
    expect(() => server.codeFor(email)).toThrow(`No code was sent to ${email}`);
    await expect(server.fetch('https://canary.test/messages')).rejects.toThrow(
      "is not below the mock server's base URL",
    );
  });
});
