/** Sends with one key store one message and one reply, even if repeated on another server. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { scriptedBot } from '../../../core/test/support/scripted-bot.ts';
import { type Client, connect, loggedIn } from '../support/requests/client.ts';
import { openStream, textOf } from '../support/requests/open-stream.ts';
import { QUICK, turnServer } from '../support/servers/turn-server.ts';

const { bot, nth, started } = scriptedBot();
const here = await turnServer({ bot });
const there = await turnServer({ bot });
/** A server without heartbeats during a generation, like one that was killed. */
const stalling = await turnServer({
  bot,
  timings: { ...QUICK, leaseMs: 300, extendLeaseMs: 100_000, tickMs: 100_000 },
});

const send = ({ call }: Client, key: string, content = 'canary', query = '') =>
  call('POST', `/messages${query}`, { json: { content }, headers: { 'idempotency-key': key } });

const at = (baseUrl: string, { jar }: Client): Client => {
  const client = connect(baseUrl);
  for (const [name, value] of jar) client.jar.set(name, value);
  return client;
};

const listOf = async ({ call }: Client) => (await call('GET', '/messages')).body.messages;

/** Completes the next generation with this text. */
async function botReplies(text: string): Promise<void> {
  const generation = await nth(started.length + 1);
  await generation.emit(text);
  await generation.end();
}

it('201 with the same messages for a retry, on both servers, and one call of the bot', async () => {
  const ada = await loggedIn(here);
  const key = randomUUID();
  const [first] = await Promise.all([send(ada, key), botReplies('Hello')]);
  const before = started.length;
  for (const client of [ada, at(there, ada)]) {
    const { status, body } = await send(client, key);
    expect(status).toBe(201);
    expect(body).toEqual(first.body);
  }
  expect(started).toHaveLength(before);
  expect(await listOf(ada)).toEqual([first.body.bot_response, first.body.user_message]);
});

it('201 for twenty concurrent sends on two servers, with one message and one call of the bot', async () => {
  const ada = await loggedIn(here);
  const key = randomUUID();
  const before = started.length;
  const replied = botReplies('Hello');
  const sends = Array.from({ length: 20 }, (_, n) => send(n % 2 ? ada : at(there, ada), key));
  const responses = await Promise.all(sends);
  await replied;
  const pairs = responses.filter(({ status }) => status === 201);
  // A request that arrives before the message is stored is rejected, and can be retried.
  expect(responses.filter(({ status }) => status === 409)).toHaveLength(20 - pairs.length);
  expect(pairs.length).toBeGreaterThan(0);
  for (const { body } of pairs) expect(body).toEqual(pairs[0]?.body);
  expect(started).toHaveLength(before + 1);
  expect(await listOf(ada)).toHaveLength(2);
  expect((await send(ada, key)).body).toEqual(pairs[0]?.body);
});

it('201 for a stream that joins a send in progress on another server', async () => {
  const ada = await loggedIn(here);
  const key = randomUUID();
  const running = send(ada, key);
  const generation = await nth(started.length + 1);
  await generation.emit('One, ');
  await sleep(100);
  const joined = await openStream(at(there, ada), 'POST', '/messages', {
    json: { content: 'canary' },
    headers: { 'idempotency-key': key },
  });
  await generation.emit('two');
  await generation.end();
  await joined.ended;
  const { body } = await running;
  expect(textOf(joined.events)).toBe('One, two');
  expect(joined.events[0]).toMatchObject({ type: 'message-created', user_message: body.user_message });
  expect(joined.events.at(-1)).toMatchObject({ type: 'reply-completed', bot_response: body.bot_response });
});

it('404 for a retry after the message was deleted, which restores nothing', async () => {
  const ada = await loggedIn(here);
  const key = randomUUID();
  const [{ body }] = await Promise.all([send(ada, key), botReplies('Hello')]);
  await ada.call('DELETE', `/messages/${body.user_message.id_message}`);
  expect((await send(ada, key)).status).toBe(404);
  expect(await listOf(ada)).toEqual([]);
});

it('201 with the same messages after a rejected deletion', async () => {
  const ada = await loggedIn(here);
  const key = randomUUID();
  const [{ body }] = await Promise.all([send(ada, key), botReplies('Hello')]);
  const headers = { 'if-match': '"7"' };
  const refused = await ada.call('DELETE', `/messages/${body.user_message.id_message}`, { headers });
  expect(refused.status).toBe(412);
  expect(await send(ada, key)).toMatchObject({ status: 201, body });
});

it('201 after only the reply was deleted, which is regenerated', async () => {
  const ada = await loggedIn(here);
  const key = randomUUID();
  const [{ body }] = await Promise.all([send(ada, key), botReplies('Hello')]);
  await ada.call('DELETE', `/messages/${body.bot_response.id_message}`);
  const [repeated] = await Promise.all([send(ada, key), botReplies('Hello again')]);
  expect(repeated).toMatchObject({ status: 201, body: { bot_response: { content: 'Hello again' } } });
  expect(repeated.body.user_message).toEqual(body.user_message);
});

it('404 for an unknown conversation releases the key', async () => {
  const ada = await loggedIn(here);
  const key = randomUUID();
  expect((await send(ada, key, 'canary', '?id_conversation=01935a7c-ffee-7b1c-8f0a-3c2d1e0f9a8b')).status).toBe(404);
  const [{ status }] = await Promise.all([send(ada, key), botReplies('Hello')]);
  expect(status).toBe(201);
});

it('422 for the same key with another text, or in another conversation', async () => {
  const ada = await loggedIn(here);
  const key = randomUUID();
  const { id_conversation } = (await ada.call('POST', '/conversations', { json: {} })).body;
  await Promise.all([send(ada, key), botReplies('Hello')]);
  for (const other of [send(ada, key, 'canary 2'), send(ada, key, 'canary', `?id_conversation=${id_conversation}`)]) {
    const { status, body } = await other;
    expect(status).toBe(422);
    expect(body.code).toBe('idempotency-key-reused');
  }
  expect(await listOf(ada)).toHaveLength(2);
});

it('201 for the same key of another user, who gets a separate message', async () => {
  const [ada, bob] = [await loggedIn(here), await loggedIn(here)];
  const key = randomUUID();
  const [one] = await Promise.all([send(ada, key), botReplies('Hello')]);
  const [other] = await Promise.all([send(bob, key), botReplies('Hello')]);
  expect(other.body.user_message.id_message).not.toBe(one.body.user_message.id_message);
});

describe('an incomplete reply', () => {
  it('503 when the bot fails, and a retry calls it again', async () => {
    const ada = await loggedIn(here);
    const key = randomUUID();
    const failing = send(ada, key);
    const generation = await nth(started.length + 1);
    await generation.emit('I was about');
    await generation.fail();
    const { status, body } = await failing;
    expect(status).toBe(503);
    expect(body.code).toBe('bot-unavailable');
    const [failed, message] = await listOf(ada);
    expect([failed.status, message.content]).toEqual(['failed', 'canary']);

    const [repeated] = await Promise.all([send(ada, key), botReplies('Here it is')]);
    expect(repeated.status).toBe(201);
    expect(repeated.body.user_message).toEqual(message);
    expect(repeated.body.bot_response).toMatchObject({ content: 'Here it is', id_message: failed.id_message });
    expect(await listOf(ada)).toHaveLength(2);
  });

  it('201 for a retry after a crash, until which the reply is interrupted', async () => {
    const ada = await loggedIn(here);
    const key = randomUUID();
    const lost = send(at(stalling, ada), key);
    const stalled = await nth(started.length + 1);
    await sleep(400);
    const [interrupted] = await listOf(ada);
    expect(interrupted.status).toBe('interrupted');

    const [{ body }] = await Promise.all([send(ada, key), botReplies('Here it is')]);
    expect(body.bot_response).toMatchObject({ id_message: interrupted.id_message, content: 'Here it is' });
    // The server was alive after all; its late deltas are discarded.
    await stalled.emit('Too late');
    await stalled.end();
    expect(await lost).toMatchObject({ status: 201, body });
    expect(await listOf(ada)).toEqual([body.bot_response, body.user_message]);
  });
});
