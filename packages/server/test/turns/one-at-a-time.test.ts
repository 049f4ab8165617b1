/** A model replies to one message of a conversation at a time, within the daily quota. */
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { scriptedBot } from '../../../core/test/support/scripted-bot.ts';
import { type Client, connect, loggedIn } from '../support/requests/client.ts';
import { turnServer } from '../support/servers/turn-server.ts';

const { bot, nth, started } = scriptedBot();
const MODEL = { BOT: 'openai-compatible', BOT_MODEL: 'm-1', BOT_BASE_URL: 'http://127.0.0.1:9' };
const UNLIMITED = { ...MODEL, QUOTA_MESSAGES_PER_DAY: '0', QUOTA_TOKENS_PER_DAY: '0' };
const QUOTA = { ...MODEL, QUOTA_MESSAGES_PER_DAY: '3', QUOTA_TOKENS_PER_DAY: '2000', BOT_MAX_OUTPUT_TOKENS: '500' };
const here = await turnServer({ bot, environment: UNLIMITED });
const there = await turnServer({ bot, environment: UNLIMITED });
const limitedHere = await turnServer({ bot, environment: QUOTA });
const limitedThere = await turnServer({ bot, environment: QUOTA });

const at = (baseUrl: string, { jar }: Client): Client => {
  const client = connect(baseUrl);
  for (const [name, value] of jar) client.jar.set(name, value);
  return client;
};
const send = ({ call }: Client, query = '', headers = {}) =>
  call('POST', `/messages${query}`, { json: { content: 'canary' }, headers });
const conversation = async ({ call }: Client) =>
  `?id_conversation=${(await call('POST', '/conversations', { json: {} })).body.id_conversation}`;

/** Sends a message to which the bot replies immediately. */
async function sendWithReply(client: Client, query = '', tokens?: number) {
  const sent = send(client, query);
  const generation = await nth(started.length + 1);
  if (tokens !== undefined) generation.turn.reportUsage(tokens);
  await generation.emit('Hello');
  await generation.end();
  return sent;
}

it('409 for a second message while a reply is in progress, on both servers', async () => {
  const ada = await loggedIn(here);
  const sent = send(ada);
  const generation = await nth(started.length + 1);
  for (const client of [ada, at(there, ada)]) {
    const { status, body, headers } = await send(client, '', { 'idempotency-key': randomUUID() });
    expect([status, body.code, headers.get('retry-after')]).toEqual([409, 'reply-in-progress', '1']);
  }
  await generation.emit('Hello');
  await generation.end();
  expect((await sent).status).toBe(201);
  expect((await ada.call('GET', '/messages')).body.messages).toHaveLength(2);
  expect((await sendWithReply(ada)).status).toBe(201);
});

it('201 with the key of a message that was rejected while a reply was in progress', async () => {
  const ada = await loggedIn(here);
  const headers = { 'idempotency-key': randomUUID() };
  const sent = send(ada);
  const generation = await nth(started.length + 1);
  expect((await send(ada, '', headers)).status).toBe(409);
  await generation.emit('Hello');
  await generation.end();
  await sent;
  const again = send(ada, '', headers);
  const second = await nth(started.length + 1);
  await second.emit('Hello');
  await second.end();
  expect((await again).status).toBe(201);
});

it('201 in another conversation meanwhile', async () => {
  const ada = await loggedIn(here);
  const sent = send(ada);
  const generation = await nth(started.length + 1);
  expect((await sendWithReply(ada, await conversation(ada))).status).toBe(201);
  await generation.emit('Hello');
  await generation.end();
  expect((await sent).status).toBe(201);
});

it('the bot reads the history of this conversation only', async () => {
  const ada = await loggedIn(here);
  const query = await conversation(ada);
  await sendWithReply(ada);
  await sendWithReply(ada, query);
  const sent = send(ada, query);
  const generation = await nth(started.length + 1);
  expect(await generation.turn.history(20)).toEqual([{ content: 'canary', reply: 'Hello' }]);
  expect(await generation.turn.history(2)).toHaveLength(1);
  expect(await generation.turn.history(1)).toEqual([]);
  expect(await generation.turn.history(0)).toEqual([]);
  await generation.emit('Hello');
  await generation.end();
  await sent;
});

it('429 when the message quota is exceeded, counted across both servers, and nothing is stored', async () => {
  const ada = await loggedIn(limitedHere);
  const first = await sendWithReply(ada, '', 100);
  expect(first.headers.get('ratelimit')).toMatch(/^"messages";r=2;t=\d+, "tokens";r=1500;t=\d+$/);
  expect(first.headers.get('ratelimit-policy')).toBe('"messages";q=3;w=86400, "tokens";q=2000;w=86400');
  await sendWithReply(at(limitedThere, ada), '', 100);
  await sendWithReply(ada, '', 100);
  const { status, body, headers } = await send(at(limitedThere, ada));
  expect([status, body.code]).toEqual([429, 'quota-exceeded']);
  expect(headers.get('ratelimit')).toMatch(/^"messages";r=0;t=\d+, "tokens";r=1700;t=\d+$/);
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await ada.call('GET', '/messages')).body.messages).toHaveLength(6);
  expect((await ada.call('GET', '/users/me/usage')).body).toMatchObject({
    messages: { limit: 3, used: 3, left: 0 },
    tokens: { limit: 2000, used: 300, left: 1700 },
  });
});

it('429 when the token quota has no room for a whole reply', async () => {
  const ada = await loggedIn(limitedHere);
  await sendWithReply(ada, '', 1501);
  expect((await send(ada)).body.code).toBe('quota-exceeded');
});

it('429 leaves the conversation without a title', async () => {
  const ada = await loggedIn(limitedHere);
  await sendWithReply(ada, '', 1501);
  const query = await conversation(ada);
  expect((await send(ada, query)).status).toBe(429);
  const { conversations } = (await ada.call('GET', '/conversations')).body;
  expect(conversations[0]).not.toHaveProperty('title');
});

it('a rejected message and a retry use no quota', async () => {
  const ada = await loggedIn(limitedHere);
  const headers = { 'idempotency-key': randomUUID() };
  const sent = send(ada, '', headers);
  const generation = await nth(started.length + 1);
  await send(ada);
  await send(ada, '?id_conversation=01935a7c-ffee-7b1c-8f0a-3c2d1e0f9a8b');
  generation.turn.reportUsage(100);
  await generation.emit('Hello');
  await generation.end();
  await sent;
  await send(ada, '', headers);
  expect((await ada.call('GET', '/users/me/usage')).body).toMatchObject({
    messages: { used: 1 },
    tokens: { used: 100 },
  });
});
