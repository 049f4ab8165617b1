import { describe, expect, it } from 'vitest';
import { misconfiguredBot, scriptedBot } from '../../../core/test/support/scripted-bot.ts';
import { loggedIn } from '../support/requests/client.ts';
import { openStream, textOf, typesOf } from '../support/requests/open-stream.ts';
import { turnServer } from '../support/servers/turn-server.ts';

const { bot, nth, started } = scriptedBot();
const baseUrl = await turnServer({ bot });
const ada = await loggedIn(baseUrl);

/** Waits for a call during which the bot replies with this text. */
async function withReply<T>(call: Promise<T>, text: string): Promise<T> {
  const generation = await nth(started.length + 1);
  await generation.emit(text);
  await generation.end();
  return call;
}
const send = () => ada.call('POST', '/messages', { json: { content: 'canary' } });
const regenerate = (id: string) => ada.call('POST', `/messages/${id}/regenerate`);

describe('regenerateReply', () => {
  it('200 with a new reply in place of the first, by the id of either message', async () => {
    const { user_message, bot_response } = (await withReply(send(), 'One')).body;
    for (const { id_message } of [user_message, bot_response]) {
      const { status, body } = await withReply(regenerate(id_message), 'Two');
      expect(status).toBe(200);
      expect(body.user_message).toEqual(user_message);
      expect(body.bot_response).toMatchObject({ content: 'Two', id_message: bot_response.id_message });
      expect(body.bot_response.version).toBeGreaterThan(bot_response.version);
      expect((await ada.call('GET', '/messages?limit=2')).body.messages).toEqual([body.bot_response, user_message]);
    }
  });

  it('202 with both messages so far if the reply takes longer than a proxy waits', async () => {
    const slow = scriptedBot();
    const bob = await loggedIn(await turnServer({ bot: slow.bot, jsonMs: 300 }));
    const sent = bob.call('POST', '/messages', { json: { content: 'canary' } });
    await (await slow.nth(1)).end();
    const { id_message } = (await sent.then(() => bob.call('GET', '/messages?limit=1'))).body.messages[0];
    const regenerated = bob.call('POST', `/messages/${id_message}/regenerate`);
    await (await slow.nth(2)).emit('Half a');
    const { status, body } = await regenerated;
    expect([status, body.bot_response.status, body.bot_response.content]).toEqual([202, 'streaming', 'Half a']);
  });

  it('502 for a bot whose requests the provider rejects', async () => {
    const bob = await loggedIn(await turnServer({ bot: misconfiguredBot }));
    await bob.call('POST', '/messages', { json: { content: 'canary' } });
    const { id_message } = (await bob.call('GET', '/messages?limit=1')).body.messages[0];
    const { status, body } = await bob.call('POST', `/messages/${id_message}/regenerate`);
    expect([status, body.code]).toEqual([502, 'bot-misconfigured']);
  });

  it('200 as events', async () => {
    const { bot_response } = (await withReply(send(), 'One')).body;
    const following = openStream(ada, 'POST', `/messages/${bot_response.id_message}/regenerate`);
    const generation = await nth(started.length + 1);
    const seen = await following;
    await generation.emit('Two');
    await generation.end();
    await seen.ended;
    expect(typesOf(seen.events)).toEqual(['reply-started', 'reply-delta', 'reply-completed']);
    expect(textOf(seen.events)).toBe('Two');
  });

  it('200 for a deleted reply, which is created again', async () => {
    const { user_message, bot_response } = (await withReply(send(), 'One')).body;
    await ada.call('DELETE', `/messages/${bot_response.id_message}`);
    const { body } = await withReply(regenerate(user_message.id_message), 'Two');
    expect(body.bot_response).toMatchObject({ content: 'Two', id_message: bot_response.id_message });
  });

  it('200 for an unfinished reply, whose text is replaced', async () => {
    const sent = send();
    const failing = await nth(started.length + 1);
    await failing.emit('I was about');
    await failing.fail();
    expect((await sent).status).toBe(503);
    const [reply] = (await ada.call('GET', '/messages?limit=1')).body.messages;
    expect(reply.status).toBe('failed');
    await ada.call('PUT', `/messages/${reply.id_message}/feedback`, { json: { rating: 'down' } });
    const { status, body } = await withReply(regenerate(reply.id_message), 'Two');
    expect(status).toBe(200);
    expect(body.bot_response).toMatchObject({ content: 'Two', status: 'completed' });
    expect(body.bot_response).not.toHaveProperty('feedback');
  });

  it('409 while a reply is in progress, which continues', async () => {
    const sent = send();
    const generation = await nth(started.length + 1);
    const [{ id_message }] = (await ada.call('GET', '/messages?limit=1')).body.messages;
    const { status, body, headers } = await regenerate(id_message);
    expect([status, body.code]).toEqual([409, 'reply-in-progress']);
    expect(headers.get('retry-after')).toBe('1');
    await generation.emit('One');
    await generation.end();
    expect((await sent).body.bot_response.content).toBe('One');
  });

  it('429 when the quota is exceeded, and the reply stays', async () => {
    const limited = await turnServer({ bot, environment: { QUOTA_MESSAGES_PER_DAY: '1' } });
    const bob = await loggedIn(limited);
    const { body } = await withReply(bob.call('POST', '/messages', { json: { content: 'canary' } }), 'One');
    const refused = await bob.call('POST', `/messages/${body.bot_response.id_message}/regenerate`);
    expect([refused.status, refused.body.code]).toEqual([429, 'quota-exceeded']);
    expect((await bob.call('GET', '/messages?limit=1')).body.messages).toEqual([body.bot_response]);
  });

  it('503 if the bot fails again, and the message stays', async () => {
    const { user_message, bot_response } = (await withReply(send(), 'One')).body;
    const call = regenerate(bot_response.id_message);
    await (await nth(started.length + 1)).fail();
    const { status, body, headers } = await call;
    expect([status, body.code, headers.get('retry-after')]).toEqual([503, 'bot-unavailable', '2']);
    const { messages } = (await ada.call('GET', '/messages?limit=2')).body;
    expect(messages).toMatchObject([{ id_message: bot_response.id_message, status: 'failed' }, user_message]);
  });
});
