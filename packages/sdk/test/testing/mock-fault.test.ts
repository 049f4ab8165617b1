import { describe, expect, it } from 'vitest';
import { ApiError, ConnectionError } from '../../src/index.ts';
import { CREDENTIALS, mockSession } from '../support/mock-session.ts';

const MESSAGE = { content: 'canary' };
const sendsOf = ({ requests }: Awaited<ReturnType<typeof mockSession>>['server']) =>
  requests.filter(({ operationId }) => operationId === 'sendMessage');

describe('a fault', () => {
  it('applies to one request of its operation', async () => {
    const { server, client } = await mockSession();
    server.fault('getMessage', { problem: 'message-not-found' });
    server.fault('listMessages', { problem: 'service-unavailable' });
    const error = await client.messages.list({}, { maxRetries: 0 }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 503, code: 'service-unavailable', retryAfterSeconds: 2 });
    expect((await client.messages.list()).messages).toEqual([]);
  });

  it('applies to `times` requests of any operation, before the next fault', async () => {
    const { server, client } = await mockSession();
    server.fault('*', { problem: 'internal-error', times: 2 });
    server.fault('getHealth', { problem: 'not-found' });
    const codes = [];
    for (let count = 0; count < 4; count += 1)
      codes.push(
        await client.health.get({ maxRetries: 0 }).then(
          ({ status }) => status,
          ({ code }) => code,
        ),
      );
    expect(codes).toEqual(['internal-error', 'internal-error', 'not-found', 'OK']);
  });

  it('sets Retry-After', async () => {
    const { server, client } = await mockSession();
    server.fault('sendMessage', { problem: 'too-many-streams', retryAfterSeconds: 7 });
    const error = client.messages.send(MESSAGE, { maxRetries: 0 });
    await expect(error).rejects.toMatchObject({ status: 429, retryAfterSeconds: 7 });
  });

  it('clears the cookies of a session that ends, as the server does', async () => {
    const { server } = await mockSession();
    server.fault('getCurrentUser', { problem: 'session-expired' });
    const { status, headers } = await server.fetch(`${server.baseUrl}/users/me`);
    expect(status).toBe(401);
    expect(headers.getSetCookie()).toHaveLength(2);
    for (const cookie of headers.getSetCookie()) expect(cookie).toMatch(/=; .*Expires=Thu, 01 Jan 1970 00:00:00 GMT/);
  });

  it('refuses a connection without handling the request', async () => {
    const { server, client } = await mockSession();
    server.fault('sendMessage', { connection: 'refused' });
    await expect(client.messages.send(MESSAGE, { maxRetries: 0 })).rejects.toBeInstanceOf(ConnectionError);
    expect((await client.messages.list()).messages).toEqual([]);
  });

  it('loses a response, and the retry with the same key stores nothing twice', async () => {
    const { server, client } = await mockSession();
    server.fault('sendMessage', { connection: 'reset' });
    await client.messages.send(MESSAGE);
    expect(sendsOf(server)).toHaveLength(2);
    expect((await client.messages.list()).messages).toHaveLength(2);
  });

  it('sends the response of a proxy', async () => {
    const { server, client } = await mockSession();
    const headers = { 'content-type': 'text/html', 'retry-after': '0' };
    server.fault('listMessages', { status: 502, body: '<h1>Bad gateway</h1>', headers });
    const error = await client.messages.list({}, { maxRetries: 0 }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ status: 502, code: undefined, requestId: undefined, retryAfterSeconds: 0 });
  });

  it('delays a response', async () => {
    const { server, client } = await mockSession();
    server.fault('getHealth', { delayMs: 30 });
    const startedAt = performance.now();
    expect(await client.health.get()).toEqual({ status: 'OK' });
    expect(performance.now() - startedAt).toBeGreaterThan(25);
  });

  it('cuts a stream at any byte, and the reply still arrives completely', { timeout: 30_000 }, async () => {
    const complete = await streamText(await mockSession());
    expect(complete).toContain('event: reply-completed');
    const cuts = new TextEncoder().encode(complete).length;
    await Promise.all(
      Array.from({ length: cuts }, async (_, cutAfterBytes) => {
        const { server, client } = await mockSession();
        server.fault('sendMessage', { cutAfterBytes });
        server.reply('Hello', ' Ada 👋🏽');
        expect(await client.messages.stream(MESSAGE).text(), `cut after ${cutAfterBytes}`).toBe('Hello Ada 👋🏽');
        expect((await client.messages.list()).messages).toHaveLength(2);
      }),
    );
  });

  it('cuts an export, which then throws a ConnectionError', async () => {
    const { server, client } = await mockSession();
    await client.messages.send(MESSAGE);
    server.fault('exportData', { cutAfterBytes: 150 });
    const read = async () => {
      for await (const _ of client.users.export({ maxRetries: 0 }));
    };
    await expect(read()).rejects.toBeInstanceOf(ConnectionError);
  });

  it('sends single bytes, and nothing is lost', async () => {
    const { server, client } = await mockSession();
    server.fault('sendMessage', { chunkBytes: 1 });
    server.reply('Grüße', ' 👋🏽');
    expect(await client.messages.stream(MESSAGE).text()).toBe('Grüße 👋🏽');
  });
});

/** Sends a message and returns the text of the event stream. */
async function streamText({ server }: Awaited<ReturnType<typeof mockSession>>): Promise<string> {
  server.reply('Hello', ' Ada 👋🏽');
  const authorization = `Bearer ${server.tokenFor(CREDENTIALS.email)}`;
  const headers = { authorization, accept: 'text/event-stream', 'content-type': 'application/json' };
  const init = { method: 'POST', headers, body: JSON.stringify(MESSAGE) };
  return (await server.fetch(`${server.baseUrl}/messages`, init)).text();
}
