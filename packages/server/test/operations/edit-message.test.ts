import { describe, expect, it } from 'vitest';
import { scriptedBot } from '../../../core/test/support/scripted-bot.ts';
import { CANARY } from '../support/checks/canary.ts';
import { connect, loggedIn, sendMessage } from '../support/requests/client.ts';
import { openStream, textOf } from '../support/requests/open-stream.ts';
import { startServer } from '../support/servers/server.ts';
import { turnServer } from '../support/servers/turn-server.ts';

const baseUrl = await startServer();
const ada = await loggedIn(baseUrl);
const edit = (id: string, json: unknown = { content: `${CANARY} edited` }, headers: Record<string, string> = {}) =>
  ada.call('PUT', `/messages/${id}`, { json, headers });
const UNKNOWN = '01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b';

describe('editMessage', () => {
  it('200 with the edited message', async () => {
    const { user_message } = await sendMessage(ada);
    const { status, body } = await edit(user_message.id_message);
    expect(status).toBe(200);
    expect(body).toEqual({ ...user_message, content: `${CANARY} edited`, edited_at: expect.any(String), version: 2 });
    expect((await ada.call('GET', '/messages?limit=2')).body.messages[1]).toEqual(body);
  });

  it.each([
    ['the current version', '"1"'],
    ['one of several versions', '"7" , W/"9","1"'],
    ['any version', '*'],
    ['the version that nginx weakened', 'W/"1"'],
    ['the version that Apache extended', '"1-gzip"'],
    ['a list that went through proxies', 'W/"7-br", "1;gzip"'],
  ])('200 for If-Match of %s, with the new version as ETag', async (_label, tag) => {
    const { user_message } = await sendMessage(ada);
    const { status, headers } = await edit(user_message.id_message, undefined, { 'if-match': tag });
    expect(status).toBe(200);
    expect(headers.get('etag')).toBe('"2"');
  });

  it('200 for one of many concurrent edits of a version', async () => {
    const { user_message } = await sendMessage(ada);
    const edits = Array.from({ length: 10 }, (_, n) =>
      edit(user_message.id_message, { content: `canary ${n}` }, { 'if-match': '"1"' }),
    );
    const statuses = (await Promise.all(edits)).map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array.from({ length: 9 }, () => 412)]);
  });

  it('200 with `regenerate`, and the bot replies to the new text', async () => {
    const { bot, nth } = scriptedBot();
    const server = await turnServer({ bot });
    const bob = await loggedIn(server);
    const sent = sendMessage(bob);
    const first = await nth(1);
    await first.emit('One');
    await first.end();
    const { user_message, bot_response } = await sent;
    const json = { content: 'canary edited', regenerate: true };
    const { status, body } = await bob.call('PUT', `/messages/${user_message.id_message}`, { json });
    expect(status).toBe(200);
    expect(body).toMatchObject({ content: 'canary edited', version: 2 });
    const second = await nth(2);
    expect(second.turn.content).toBe('canary edited');
    expect((await bob.call('GET', `/messages/${bot_response.id_message}`)).body).toMatchObject({
      status: 'pending',
      content: '',
    });
    const seen = await openStream(bob, 'GET', `/messages/${bot_response.id_message}/events`);
    await second.emit('Two');
    await second.end();
    await seen.ended;
    expect(textOf(seen.events)).toBe('Two');
  });

  it('400 for a body that is not JSON', async () => {
    const headers = { 'content-type': 'application/json' };
    expect((await ada.call('PUT', `/messages/${UNKNOWN}`, { body: '{', headers })).status).toBe(400);
  });

  it('400 for a path that cannot be decoded', async () => {
    const { status, body } = await edit('%E0%A4%A');
    expect(status).toBe(400);
    expect(body.code).toBe('malformed-request');
  });

  it('401 without a session', async () => {
    const { user_message } = await sendMessage(ada);
    const json = { content: CANARY };
    expect((await connect(baseUrl).call('PUT', `/messages/${user_message.id_message}`, { json })).status).toBe(401);
  });

  it('404 for an unknown message and another user’s alike, which is not changed', async () => {
    const bob = await loggedIn(baseUrl);
    const { user_message } = await sendMessage(bob);
    for (const id of [UNKNOWN, user_message.id_message]) {
      const { status, body } = await edit(id);
      expect(status).toBe(404);
      expect(body.code).toBe('message-not-found');
    }
    expect((await bob.call('GET', '/messages?limit=2')).body.messages[1]).toEqual(user_message);
  });

  it('404 for a deleted message, which stays deleted', async () => {
    const carol = await loggedIn(baseUrl);
    const { user_message } = await sendMessage(carol);
    await carol.call('DELETE', `/messages/${user_message.id_message}`);
    const json = { content: CANARY };
    expect((await carol.call('PUT', `/messages/${user_message.id_message}`, { json })).status).toBe(404);
    expect((await carol.call('GET', '/messages')).body.messages).toEqual([]);
  });

  it('409 for a reply', async () => {
    const { bot_response } = await sendMessage(ada);
    const { status, body } = await edit(bot_response.id_message);
    expect(status).toBe(409);
    expect(body.code).toBe('bot-message-not-editable');
  });

  it('409 with `regenerate` for a reply, and while a reply is in progress', async () => {
    const { bot_response } = await sendMessage(ada);
    expect((await edit(bot_response.id_message, { content: 'canary', regenerate: true })).status).toBe(409);

    const { bot, nth } = scriptedBot();
    const bob = await loggedIn(await turnServer({ bot }));
    const sent = sendMessage(bob);
    const generation = await nth(1);
    const [, { id_message }] = (await bob.call('GET', '/messages')).body.messages;
    const json = { content: 'canary edited', regenerate: true };
    const { status, body } = await bob.call('PUT', `/messages/${id_message}`, { json });
    expect([status, body.code]).toEqual([409, 'reply-in-progress']);
    await generation.emit('One');
    await generation.end();
    expect((await sent).bot_response.content).toBe('One');
    expect((await bob.call('GET', `/messages/${id_message}`)).body.version).toBe(1);
  });

  it.each(['"2"', 'W/"2"', '"2-gzip"', '"01"', '""', '"canary"', '"1-1"'])(
    '412 with If-Match %s, and nothing is changed',
    async (tag) => {
      const { user_message } = await sendMessage(ada);
      for (const json of [{ content: 'canary' }, { content: 'canary', regenerate: true }]) {
        const { status, body } = await edit(user_message.id_message, json, { 'if-match': tag });
        expect([status, body.code]).toEqual([412, 'message-changed']);
      }
      expect((await ada.call('GET', `/messages/${user_message.id_message}`)).body).toEqual(user_message);
    },
  );

  it('413 for a body over 100 KB', async () => {
    expect((await edit(UNKNOWN, { content: 'x'.repeat(102_400) })).status).toBe(413);
  });

  it('415 for plain text', async () => {
    expect((await ada.call('PUT', `/messages/${UNKNOWN}`, { body: CANARY })).status).toBe(415);
  });

  it.each(['1', '"1', 'canary', '"1" "2"', '*, "1"'])('422 for If-Match %s', async (tag) => {
    const { status, body } = await edit(UNKNOWN, undefined, { 'if-match': tag });
    expect(status).toBe(422);
    expect(body.errors[0].parameter).toBe('if-match');
  });

  it('429 with `regenerate` when the quota is exceeded, and the message is not changed', async () => {
    const { bot, nth } = scriptedBot();
    const bob = await loggedIn(await turnServer({ bot, environment: { QUOTA_MESSAGES_PER_DAY: '1' } }));
    const sent = sendMessage(bob);
    const generation = await nth(1);
    await generation.emit('One');
    await generation.end();
    const { user_message } = await sent;
    const json = { content: 'canary edited', regenerate: true };
    const { status, body } = await bob.call('PUT', `/messages/${user_message.id_message}`, { json });
    expect([status, body.code]).toEqual([429, 'quota-exceeded']);
    expect((await bob.call('GET', `/messages/${user_message.id_message}`)).body).toEqual(user_message);
  });

  it('422 for an invalid id and an empty text', async () => {
    const { status, body } = await edit('none', { content: '' });
    expect(status).toBe(422);
    expect(body.errors).toContainEqual(expect.objectContaining({ pointer: '/content' }));
    expect(body.errors).toContainEqual(expect.objectContaining({ parameter: 'id_message' }));
  });
});
