import { describe, expect, it, vi } from 'vitest';
import { misconfiguredBot, scriptedBot } from '../../../core/test/support/scripted-bot.ts';
import { CANARY } from '../support/checks/canary.ts';
import { connect, loggedIn } from '../support/requests/client.ts';
import { openStream } from '../support/requests/open-stream.ts';
import { startServer } from '../support/servers/server.ts';
import { turnServer } from '../support/servers/turn-server.ts';

const baseUrl = await startServer();
const ada = await loggedIn(baseUrl);
const send = (json: unknown) => ada.call('POST', '/messages', { json });

describe('sendMessage', () => {
  it('201 with the message and its reply, in this order', async () => {
    const content = `${CANARY} hello`;
    const { body, status } = await send({ content });
    const { user_message, bot_response } = body;
    expect(status).toBe(201);
    expect(user_message).toMatchObject({ content, is_bot: false, id_reply: bot_response.id_message });
    expect(bot_response).toMatchObject({
      is_bot: true,
      reply_to: user_message.id_message,
      id_user: user_message.id_user,
    });
    expect(bot_response.content).toMatch(/^Hello!/);
    expect(bot_response.id_message > user_message.id_message).toBe(true);
    expect(bot_response.timestamp >= user_message.timestamp).toBe(true);
  });

  it('202 with both messages so far if the reply takes longer than a proxy waits, which still completes', async () => {
    const { bot, nth } = scriptedBot();
    const bob = await loggedIn(await turnServer({ bot, jsonMs: 300 }));
    const sent = bob.call('POST', '/messages', { json: { content: CANARY } });
    const generation = await nth(1);
    await generation.emit('Half a');
    const { status, body } = await sent;
    expect(status).toBe(202);
    expect(body.bot_response).toMatchObject({ content: 'Half a', status: 'streaming', version: 1 });
    await generation.emit(' reply');
    await generation.end();
    const seen = await openStream(bob, 'GET', `/messages/${body.bot_response.id_message}/events`);
    await seen.ended;
    expect(seen.events.at(-1).bot_response).toMatchObject({ content: 'Half a reply', status: 'completed' });
  });

  it('202 before the first delta', async () => {
    const { bot } = scriptedBot();
    const bob = await loggedIn(await turnServer({ bot, jsonMs: 100 }));
    const { status, body } = await bob.call('POST', '/messages', { json: { content: CANARY } });
    expect([status, body.bot_response.status, body.bot_response.content]).toEqual([202, 'pending', '']);
  });

  it('502 for a bot whose requests the provider rejects, without Retry-After', async () => {
    const bob = await loggedIn(await turnServer({ bot: misconfiguredBot }));
    const { status, body, headers } = await bob.call('POST', '/messages', { json: { content: CANARY } });
    expect([status, body.code, headers.get('retry-after')]).toEqual([502, 'bot-misconfigured', null]);
  });

  it('201 with the message unchanged', async () => {
    const content = `${CANARY} \t\n 👩‍👩‍👧 ‮ <script>alert(1)</script> '; DROP TABLE   `;
    expect((await send({ content })).body.user_message.content).toBe(content);
    expect((await ada.call('GET', '/messages?limit=2')).body.messages[1].content).toBe(content);
  });

  it('201 for 8000 code points, however many bytes they take', async () => {
    expect((await send({ content: '👋'.repeat(8000) })).status).toBe(201);
  });

  it('400 for a body that is not JSON', async () => {
    const headers = { 'content-type': 'application/json' };
    expect((await ada.call('POST', '/messages', { body: '{"content":canary}', headers })).status).toBe(400);
  });

  it('401 without a session', async () => {
    expect((await connect(baseUrl).call('POST', '/messages', { json: { content: CANARY } })).status).toBe(401);
  });

  it('404 for an unknown conversation, and nothing is stored', async () => {
    const bob = await loggedIn(baseUrl);
    const path = '/messages?id_conversation=01935a7c-ffee-7b1c-8f0a-3c2d1e0f9a8b';
    const { status, body } = await bob.call('POST', path, { json: { content: CANARY } });
    expect([status, body.code]).toEqual([404, 'conversation-not-found']);
    expect((await bob.call('GET', '/users/me/export')).body.at(-1)).toEqual({ end: { conversations: 0, messages: 0 } });
  });

  it("409 for a second message while a model's reply is in progress", async () => {
    const { bot, nth } = scriptedBot();
    const environment = { BOT: 'openai-compatible', BOT_MODEL: 'm-1', BOT_BASE_URL: 'http://127.0.0.1:9' };
    const bob = await loggedIn(await turnServer({ bot, environment }));
    const sent = bob.call('POST', '/messages', { json: { content: CANARY } });
    const generation = await nth(1);
    expect((await bob.call('POST', '/messages', { json: { content: CANARY } })).status).toBe(409);
    await generation.emit('Hello');
    await generation.end();
    expect((await sent).status).toBe(201);
  });

  it('413 for a body over 100 KB', async () => {
    expect((await send({ content: 'x'.repeat(102_400) })).status).toBe(413);
  });

  it('415 for plain text', async () => {
    expect((await ada.call('POST', '/messages', { body: CANARY })).status).toBe(415);
  });

  it.each([
    ['', 'application/json'],
    ['*/*', 'application/json'],
    ['application/json, text/event-stream;q=0.9', 'application/json'],
    ['application/json;q=0.1, text/event-stream', 'text/event-stream'],
    ['text/event-stream, application/problem+json', 'text/event-stream'],
    ['text/*', 'text/event-stream'],
    ['image/png', 'application/json'],
  ])('201 for Accept: %s as %s', async (accept, type) => {
    const { status, headers } = await ada.call('POST', '/messages', { json: { content: CANARY }, headers: { accept } });
    expect(status).toBe(201);
    expect(headers.get('content-type')).toBe(type);
  });

  it.each(['', 'x'.repeat(256), 'a key', 'schlüssel'])('422 for the key %j', async (key) => {
    const headers = { 'idempotency-key': key };
    const { status, body } = await ada.call('POST', '/messages', { json: { content: CANARY }, headers });
    expect(status).toBe(422);
    expect(body.errors[0].parameter).toBe('idempotency-key');
  });

  it('429 for a fourth reply in progress', async () => {
    const { bot, nth } = scriptedBot();
    const bob = await loggedIn(await turnServer({ bot }));
    const sendMessage = (headers = {}) => bob.call('POST', '/messages', { json: { content: CANARY }, headers });
    const sends = [1, 2, 3].map(() => sendMessage());
    await nth(3);
    const key = { 'idempotency-key': crypto.randomUUID() };
    const refused = await sendMessage(key);
    expect([refused.status, refused.body.code]).toEqual([429, 'too-many-replies']);
    expect(refused.headers.get('ratelimit')).toBe('"replies";r=0;t=1');
    expect(refused.headers.get('retry-after')).toBe('1');
    expect((await bob.call('GET', '/messages')).body.messages).toHaveLength(6);
    const first = await nth(1);
    await first.emit('Hello');
    await first.end();
    expect((await Promise.race(sends)).status).toBe(201);
    // Nothing is left of the refused request, so its key can be used at once.
    const again = sendMessage(key);
    const fourth = await nth(4);
    await fourth.emit('Hello');
    await fourth.end();
    expect((await again).status).toBe(201);
  });

  it('429 for a fourth stream, but not after one has closed', async () => {
    const { bot, nth } = scriptedBot();
    const bob = await loggedIn(await turnServer({ bot, environment: { REPLIES_PER_USER: '5' } }));
    const open = () => openStream(bob, 'POST', '/messages', { json: { content: CANARY } });
    const streams = [await open(), await open(), await open()];
    const headers = { accept: 'text/event-stream' };
    const refused = await bob.call('POST', '/messages', { json: { content: CANARY }, headers });
    expect([refused.status, refused.body.code]).toEqual([429, 'too-many-streams']);
    expect(refused.headers.get('ratelimit')).toBe('"streams";r=0;t=1');
    expect((await bob.call('GET', '/messages')).body.messages).toHaveLength(6);
    // A JSON send uses no stream slot.
    const sent = bob.call('POST', '/messages', { json: { content: CANARY } });
    const generation = await nth(4);
    await generation.emit('Hello');
    await generation.end();
    expect((await sent).status).toBe(201);
    streams[0]?.leave();
    await streams[0]?.ended.catch(() => undefined);
    await vi.waitFor(async () => {
      const again = await open();
      expect(again.status).toBe(201);
    });
  });

  it.each([
    ['an empty text', { content: '' }, '/content'],
    ['8001 code points', { content: 'x'.repeat(8001) }, '/content'],
    ['a NUL character', { content: '\0' }, '/content'],
    ['an unpaired surrogate', { content: '\udc00' }, '/content'],
    ['a number as text', { content: 5 }, '/content'],
    ['no content', {}, '/content'],
    ['an unknown field', { content: CANARY, is_bot: true }, '/is_bot'],
    ['an array', [], ''],
  ])('422 for %s', async (_label, json, pointer) => {
    const { status, body } = await send(json);
    expect(status).toBe(422);
    expect(body.errors[0].pointer).toBe(pointer);
  });
});
