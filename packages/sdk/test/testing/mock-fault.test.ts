import { describe, expect, it } from 'vitest';
import { ApiError, ConnectionError } from '../../src/index.ts';
import { ada, CREDENTIALS } from '../support/mock-session.ts';

const QUESTION = { content: 'canary' };
const sendsOf = ({ requests }: Awaited<ReturnType<typeof ada>>['server']) =>
  requests.filter(({ operationId }) => operationId === 'sendMessage');

describe('a fault', () => {
  it('happens to one call of its operation', async () => {
    const { server, client } = await ada();
    server.fault('getMessage', { problem: 'message-not-found' });
    server.fault('listMessages', { problem: 'service-unavailable' });
    const error = await client.messages.list({}, { maxRetries: 0 }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 503, code: 'service-unavailable', retryAfterSeconds: 2 });
    expect((await client.messages.list()).messages).toEqual([]);
  });

  it('happens as often as it is told, to any operation, before the next', async () => {
    const { server, client } = await ada();
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

  it('asks for a pause', async () => {
    const { server, client } = await ada();
    server.fault('sendMessage', { problem: 'too-many-streams', retryAfterSeconds: 7 });
    const error = client.messages.send(QUESTION, { maxRetries: 0 });
    await expect(error).rejects.toMatchObject({ status: 429, retryAfterSeconds: 7 });
  });

  it('ends a session, whose cookies it clears as the server does', async () => {
    const { server } = await ada();
    server.fault('getCurrentUser', { problem: 'session-expired' });
    const { status, headers } = await server.fetch(`${server.baseUrl}/users/me`);
    expect(status).toBe(401);
    expect(headers.getSetCookie()).toHaveLength(2);
    for (const cookie of headers.getSetCookie()) expect(cookie).toMatch(/=; .*Expires=Thu, 01 Jan 1970 00:00:00 GMT/);
  });

  it('refuses a connection, and nothing is done', async () => {
    const { server, client } = await ada();
    server.fault('sendMessage', { connection: 'refused' });
    await expect(client.messages.send(QUESTION, { maxRetries: 0 })).rejects.toBeInstanceOf(ConnectionError);
    expect((await client.messages.list()).messages).toEqual([]);
  });

  it('loses an answer, and a repeat under the same key sends nothing twice', async () => {
    const { server, client } = await ada();
    server.fault('sendMessage', { connection: 'reset' });
    await client.messages.send(QUESTION);
    expect(sendsOf(server)).toHaveLength(2);
    expect((await client.messages.list()).messages).toHaveLength(2);
  });

  it('is the answer of a proxy', async () => {
    const { server, client } = await ada();
    const headers = { 'content-type': 'text/html', 'retry-after': '0' };
    server.fault('listMessages', { status: 502, body: '<h1>Bad gateway</h1>', headers });
    const error = await client.messages.list({}, { maxRetries: 0 }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ status: 502, code: undefined, requestId: undefined, retryAfterSeconds: 0 });
  });

  it('delays an answer', async () => {
    const { server, client } = await ada();
    server.fault('getHealth', { delayMs: 30 });
    const startedAt = performance.now();
    expect(await client.health.get()).toEqual({ status: 'OK' });
    expect(performance.now() - startedAt).toBeGreaterThan(25);
  });

  it('cuts a stream at any byte, and the reply arrives whole', { timeout: 30_000 }, async () => {
    const whole = await answerOf(await ada());
    expect(whole).toContain('event: reply-completed');
    const cuts = new TextEncoder().encode(whole).length;
    await Promise.all(
      Array.from({ length: cuts }, async (_, cutAfterBytes) => {
        const { server, client } = await ada();
        server.fault('sendMessage', { cutAfterBytes });
        server.reply('Hello', ' Ada 👋🏽');
        expect(await client.messages.stream(QUESTION).text(), `cut after ${cutAfterBytes}`).toBe('Hello Ada 👋🏽');
        expect((await client.messages.list()).messages).toHaveLength(2);
      }),
    );
  });

  it('cuts an export, which is never taken for whole', async () => {
    const { server, client } = await ada();
    await client.messages.send(QUESTION);
    server.fault('exportData', { cutAfterBytes: 150 });
    const read = async () => {
      for await (const _ of client.users.export({ maxRetries: 0 }));
    };
    await expect(read()).rejects.toBeInstanceOf(ConnectionError);
  });

  it('sends byte by byte, and nothing is lost', async () => {
    const { server, client } = await ada();
    server.fault('sendMessage', { chunkBytes: 1 });
    server.reply('Grüße', ' 👋🏽');
    expect(await client.messages.stream(QUESTION).text()).toBe('Grüße 👋🏽');
  });
});

/** The stream that a message is answered with, as it comes. */
async function answerOf({ server }: Awaited<ReturnType<typeof ada>>): Promise<string> {
  server.reply('Hello', ' Ada 👋🏽');
  const authorization = `Bearer ${server.tokenFor(CREDENTIALS.email)}`;
  const headers = { authorization, accept: 'text/event-stream', 'content-type': 'application/json' };
  const init = { method: 'POST', headers, body: JSON.stringify(QUESTION) };
  return (await server.fetch(`${server.baseUrl}/messages`, init)).text();
}
