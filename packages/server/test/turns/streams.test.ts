/** Streams of replies, on this and on another server. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { scriptedBot } from '../../../core/test/support/scripted-bot.ts';
import { connect, loggedIn, newCredentials } from '../support/requests/client.ts';
import { openStream, textOf, typesOf } from '../support/requests/open-stream.ts';
import { QUICK, turnServer } from '../support/servers/turn-server.ts';

const { bot, nth, started } = scriptedBot();
const here = await turnServer({ bot });
const there = await turnServer({ bot });

const json = { content: 'canary' };
const at = (baseUrl: string, { jar }: { jar: Map<string, string> }) => ({ baseUrl, jar });
const received = (seen: Awaited<ReturnType<typeof openStream>>, text: string) =>
  vi.waitFor(() => expect(textOf(seen.events)).toBe(text), { timeout: 5000, interval: 5 });

/** A user with a pending reply. */
async function startReply() {
  const ada = await loggedIn(here);
  const seen = await openStream(ada, 'POST', '/messages', { json });
  const generation = await nth(started.length || 1);
  await vi.waitFor(() => expect(seen.events).toHaveLength(2));
  const reply = seen.events[1].bot_response.id_message;
  return { ada, seen, generation, reply };
}

it('201 with the message, the deltas as they are emitted, and the whole reply', async () => {
  const { ada, seen, generation } = await startReply();
  await generation.emit('Good ');
  await received(seen, 'Good ');
  await generation.emit('day');
  await generation.end();
  await seen.ended;
  expect(seen.status).toBe(201);
  expect(typesOf(seen.events)).toEqual([
    'message-created',
    'reply-started',
    'reply-delta',
    'reply-delta',
    'reply-completed',
  ]);
  const [{ user_message }, , , , { bot_response }] = seen.events;
  expect(bot_response).toMatchObject({ content: 'Good day', status: 'completed', reply_to: user_message.id_message });
  expect((await ada.call('GET', '/messages')).body.messages).toEqual([bot_response, user_message]);
});

it('a reply can be followed from the middle on another server, with the same text', async () => {
  const { ada, seen, generation, reply } = await startReply();
  await generation.emit('One, ');
  const other = await openStream(at(there, ada), 'GET', `/messages/${reply}/events`);
  await received(other, 'One, ');
  await generation.emit('two, ');
  await received(other, 'One, two, ');
  const { id } = other.events.at(-1);
  other.leave();
  await other.ended.catch(() => undefined);
  await generation.emit('three');
  await generation.end();
  const resumed = await openStream(at(there, ada), 'GET', `/messages/${reply}/events`, {
    headers: { 'last-event-id': id },
  });
  await Promise.all([resumed.ended, seen.ended]);
  expect(textOf(resumed.events)).toBe('three');
  expect(typesOf(resumed.events)).not.toContain('reply-started');
  expect(resumed.events.at(-1)).toEqual({ ...seen.events.at(-1), id: seen.events.at(-1).id });
});

it('a client that disconnects does not stop the bot', async () => {
  const { ada, seen, generation, reply } = await startReply();
  await generation.emit('Go on');
  await received(seen, 'Go on');
  seen.leave();
  await seen.ended.catch(() => undefined);
  await generation.emit(' without me');
  await generation.end();
  const again = await openStream(ada, 'GET', `/messages/${reply}/events`);
  await again.ended;
  expect(textOf(again.events)).toBe('Go on without me');
});

it.each(['here', 'there'])('a reply is cancelled %s, and the text so far is stored', async (where) => {
  const { ada, seen, generation, reply } = await startReply();
  await generation.emit('So far');
  await received(seen, 'So far');
  const aborted = new Promise((resolve) =>
    generation.signal.addEventListener('abort', () => resolve(performance.now())),
  );
  const server = { ...connect(where === 'here' ? here : there) };
  for (const [name, value] of ada.jar) server.jar.set(name, value);
  const sentAt = performance.now();
  const { status, body } = await server.call('POST', `/messages/${reply}/cancel`);
  await seen.ended;
  expect(status).toBe(200);
  expect(body).toMatchObject({ content: 'So far', status: 'cancelled' });
  expect(seen.events.at(-1)).toMatchObject({ type: 'reply-cancelled', bot_response: body });
  console.log(`cancelled ${where} after ${Math.round(Number(await aborted) - sentAt)} ms`);
});

it('a reply that another server regenerates is streamed from its start', async () => {
  const stalling = await turnServer({
    bot,
    timings: { ...QUICK, leaseMs: 300, extendLeaseMs: 100_000, tickMs: 100_000 },
  });
  const ada = await loggedIn(here);
  const seen = await openStream(at(stalling, ada), 'POST', '/messages', { json });
  const stalled = await nth(started.length || 1);
  await stalled.emit('Once upon');
  await received(seen, 'Once upon');
  await sleep(400);
  const reply = seen.events[1].bot_response.id_message;
  const regenerated = await openStream(ada, 'POST', `/messages/${reply}/regenerate`);
  const generation = await nth(started.length);
  await generation.emit('Hello');
  await generation.end();
  await regenerated.ended;
  expect(typesOf(regenerated.events)).toEqual(['reply-started', 'reply-delta', 'reply-completed']);
  await stalled.end();
  await seen.ended;
  expect(typesOf(seen.events).filter((type) => type === 'reply-started')).toHaveLength(2);
  expect(textOf(seen.events)).toBe('Hello');
  expect(seen.events.at(-1).bot_response).toEqual(regenerated.events.at(-1).bot_response);
  // A client that resumes from an event of the first generation starts over.
  const { id } = seen.events.find(({ type }) => type === 'reply-delta');
  const resumed = await openStream(ada, 'GET', `/messages/${reply}/events`, { headers: { 'last-event-id': id } });
  await resumed.ended;
  expect(typesOf(resumed.events)).toEqual(['reply-started', 'reply-delta', 'reply-completed']);
});

it('the deletion of a message stops the bot and leaves nothing', async () => {
  const { ada, seen, generation } = await startReply();
  await generation.emit('So far');
  await received(seen, 'So far');
  await ada.call('DELETE', `/messages/${seen.events[0].user_message.id_message}`);
  await seen.ended;
  expect(generation.signal.aborted).toBe(true);
  expect(typesOf(seen.events)).toEqual(['message-created', 'reply-started', 'reply-delta', 'reply-cancelled']);
  expect(seen.events.at(-1).bot_response.content).toBe('So far');
  expect((await ada.call('GET', '/messages')).body.messages).toEqual([]);
});

it('a stream pauses before proxies end it, and is resumed with the same text', async () => {
  const brief = await turnServer({ bot, streamMs: 300 });
  const ada = await loggedIn(here);
  const seen = await openStream(at(brief, ada), 'POST', '/messages', { json });
  const generation = await nth(started.length || 1);
  await generation.emit('One, ');
  await seen.ended;
  expect(seen.events.at(-1)).toMatchObject({ type: 'stream-paused', retry: 100 });
  const { id, id_message } = seen.events.at(-1);
  await generation.emit('two');
  await generation.end();
  const resumed = await openStream(ada, 'GET', `/messages/${id_message}/events`, { headers: { 'last-event-id': id } });
  await resumed.ended;
  expect(textOf(seen.events) + textOf(resumed.events)).toBe('One, two');
});

it('a reply whose server has crashed ends as interrupted, with its stored text', async () => {
  const stalling = await turnServer({ bot, timings: { leaseMs: 400, extendLeaseMs: 100_000, tickMs: 30 } });
  const ada = await loggedIn(here);
  const seen = await openStream(at(stalling, ada), 'POST', '/messages', { json });
  const stalled = await nth(started.length || 1);
  await stalled.emit('One, ');
  await sleep(100);
  await stalled.emit('two');
  const reply = seen.events[1].bot_response.id_message;
  const followed = await openStream(at(there, ada), 'GET', `/messages/${reply}/events`);
  await followed.ended;
  expect(textOf(followed.events)).toBe('One, two');
  expect(followed.events.at(-1)).toMatchObject({
    type: 'reply-interrupted',
    bot_response: { status: 'interrupted', content: 'One, two' },
  });
  await stalled.end();
});

it('a failed bot is reported in the stream, with a problem of this request', async () => {
  const { ada, seen, generation, reply } = await startReply();
  await generation.emit('I was about');
  await received(seen, 'I was about');
  await generation.fail();
  await seen.ended;
  expect(seen.events.at(-1)).toMatchObject({
    type: 'reply-failed',
    bot_response: { status: 'failed', content: 'I was about' },
    problem: { code: 'bot-unavailable', status: 503 },
  });
  expect((await ada.call('GET', `/messages/${reply}`)).body.status).toBe('failed');
});

it.each([
  ['a logout', 'POST', '/users/logout', undefined],
  [
    'a password change',
    'PUT',
    '/users/me/password',
    { current_password: newCredentials().password, new_password: 'canary-2' },
  ],
  ['the deletion of the account', 'DELETE', '/users/me', undefined],
])('a stream ends within two seconds of %s, also on another server', async (_label, method, path, body) => {
  const { ada, seen, reply, generation } = await startReply();
  const other = await openStream(at(there, ada), 'GET', `/messages/${reply}/events`);
  await generation.emit('One');
  await received(other, 'One');
  const { status } = await ada.call(method, path, body && { json: body });
  expect(status).toBe(200);
  const endedAt = performance.now();
  await Promise.all([seen.ended, other.ended]);
  expect(performance.now() - endedAt).toBeLessThan(2000);
  // The stream may notice first that its reply has been deleted.
  for (const { events } of [seen, other]) expect(['reply-delta', 'reply-cancelled']).toContain(typesOf(events).at(-1));
});
