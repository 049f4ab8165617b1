import { describe, expect, it } from 'vitest';
import { scriptedBot } from '../../../core/test/support/scripted-bot.ts';
import { type Client, loggedIn, sendMessage } from '../support/requests/client.ts';
import { openStream, textOf, typesOf } from '../support/requests/open-stream.ts';
import { startServer } from '../support/servers/server.ts';
import { turnServer } from '../support/servers/turn-server.ts';

const baseUrl = await startServer();
const ada = await loggedIn(baseUrl);
const cookieOf = ({ jar }: Client): string => [...jar].map((pair) => pair.join('=')).join('; ');
const eventsOf = (id: string) => `/messages/${id}/events`;

// turns/streams.test.ts tests replies in progress.
describe('resumeReply', () => {
  it('200 with an ended reply from its start, by the id of either message', async () => {
    const { user_message, bot_response } = await sendMessage(ada);
    for (const { id_message } of [user_message, bot_response]) {
      const seen = await openStream(ada, 'GET', eventsOf(id_message));
      await seen.ended;
      expect(seen.status).toBe(200);
      expect(typesOf(seen.events)).toEqual(['reply-started', 'reply-delta', 'reply-completed']);
      expect(textOf(seen.events)).toBe(bot_response.content);
      expect(seen.events.at(-1).bot_response).toEqual(bot_response);
    }
  });

  it('200 with the rest of the text after any position', async () => {
    const { bot_response } = await sendMessage(ada);
    const { id_message, content } = bot_response;
    for (const position of [0, 1, 6, content.length]) {
      const headers = { 'last-event-id': `1-${position}` };
      const seen = await openStream(ada, 'GET', eventsOf(id_message), { headers });
      await seen.ended;
      expect(textOf(seen.events)).toBe(content.slice(position));
      expect(typesOf(seen.events)).not.toContain('reply-started');
      expect(seen.events.at(-1)).toMatchObject({ type: 'reply-completed', id: '1-end' });
    }
  });

  it('200 from the start after an event of another generation', async () => {
    const { bot_response } = await sendMessage(ada);
    const seen = await openStream(ada, 'GET', eventsOf(bot_response.id_message), {
      headers: { 'last-event-id': '7-3' },
    });
    await seen.ended;
    expect(typesOf(seen.events)[0]).toBe('reply-started');
    expect(textOf(seen.events)).toBe(bot_response.content);
  });

  it('204 after the end, on every server', async () => {
    const { user_message, bot_response } = await sendMessage(ada);
    for (const id of [user_message.id_message, bot_response.id_message]) {
      for (const url of [baseUrl, await startServer()]) {
        const headers = { cookie: cookieOf(ada), 'last-event-id': '1-end' };
        const response = await fetch(url + eventsOf(id), { headers });
        expect([response.status, await response.text()]).toEqual([204, '']);
        expect(response.headers.get('content-length')).toBeNull();
        expect(response.headers.get('content-type')).toBeNull();
        expect(response.headers.get('cache-control')).toBe('no-store');
        expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
      }
    }
  });

  it('204 takes no stream slot', async () => {
    const { bot_response } = await sendMessage(ada);
    const headers = { cookie: cookieOf(ada), 'last-event-id': '1-end' };
    for (let count = 0; count < 5; count += 1)
      expect((await fetch(baseUrl + eventsOf(bot_response.id_message), { headers })).status).toBe(204);
  });

  it('200 from the start after the end of an earlier generation', async () => {
    const { bot_response } = await sendMessage(ada);
    const { id_message, content } = bot_response;
    expect((await ada.call('POST', `/messages/${id_message}/regenerate`)).status).toBe(200);
    const headers = { 'last-event-id': '1-end' };
    const seen = await openStream(ada, 'GET', eventsOf(id_message), { headers });
    await seen.ended;
    expect(typesOf(seen.events)).toEqual(['reply-started', 'reply-delta', 'reply-completed']);
    expect(textOf(seen.events)).toBe(content);
    const [run] = seen.events[0].id.split('-');
    expect(Number(run)).toBeGreaterThan(1);
    expect(seen.events.at(-1).id).toBe(`${run}-end`);
  });

  it('200 from the start after an end, while the reply is in progress', async () => {
    const { bot, nth } = scriptedBot();
    const bob = await loggedIn(await turnServer({ bot }));
    const sent = sendMessage(bob);
    const generation = await nth(1);
    await generation.emit('Good ');
    const [{ id_message }] = (await bob.call('GET', '/messages?limit=1')).body.messages;
    const seen = await openStream(bob, 'GET', eventsOf(id_message), { headers: { 'last-event-id': '1-end' } });
    await generation.emit('day');
    await generation.end();
    await Promise.all([sent, seen.ended]);
    expect(typesOf(seen.events)[0]).toBe('reply-started');
    expect(textOf(seen.events)).toBe('Good day');
    expect(seen.events.at(-1)).toMatchObject({ type: 'reply-completed', id: '1-end' });
  });

  it('200 for HEAD without a body', async () => {
    const { bot_response } = await sendMessage(ada);
    expect((await ada.call('HEAD', eventsOf(bot_response.id_message))).status).toBe(200);
  });

  it('429 for a fourth stream', async () => {
    const { bot, nth } = scriptedBot();
    const bob = await loggedIn(await turnServer({ bot }));
    const first = await openStream(bob, 'POST', '/messages', { json: { content: 'canary' } });
    await nth(1);
    const [{ id_message }] = (await bob.call('GET', '/messages?limit=1')).body.messages;
    const others = [
      await openStream(bob, 'GET', eventsOf(id_message)),
      await openStream(bob, 'GET', eventsOf(id_message)),
    ];
    const { status, body } = await bob.call('GET', eventsOf(id_message));
    expect([status, body.code]).toEqual([429, 'too-many-streams']);
    for (const { leave, ended } of [first, ...others]) {
      leave();
      await ended.catch(() => undefined);
    }
  });

  it('404 for a deleted reply', async () => {
    const { user_message, bot_response } = await sendMessage(ada);
    await ada.call('DELETE', `/messages/${bot_response.id_message}`);
    for (const id of [user_message.id_message, bot_response.id_message])
      expect((await ada.call('GET', eventsOf(id))).status).toBe(404);
  });

  it.each(['canary', '1', '1-', '-1', '1-1-1', '1e3-1', 'end', '1-ended', '-end'])(
    '422 for the event id %j',
    async (id) => {
      const { bot_response } = await sendMessage(ada);
      const { status, body } = await ada.call('GET', eventsOf(bot_response.id_message), {
        headers: { 'last-event-id': id },
      });
      expect(status).toBe(422);
      expect(body.errors[0].parameter).toBe('last-event-id');
    },
  );
});
