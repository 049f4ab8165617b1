import { describe, expect, it } from 'vitest';
import { scriptedBot } from '../../../core/test/support/scripted-bot.ts';
import { CANARY } from '../support/checks/canary.ts';
import { type Client, connect, loggedIn, sendMessage } from '../support/requests/client.ts';
import { openStream } from '../support/requests/open-stream.ts';
import { startServer } from '../support/servers/server.ts';
import { turnServer } from '../support/servers/turn-server.ts';

const baseUrl = await startServer();
const UNKNOWN = '01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b';

const create = async (client: Client): Promise<string> =>
  (await client.call('POST', '/conversations', { json: {} })).body.id_conversation;
const remove = (client: Client, id: string) => client.call('DELETE', `/conversations/${id}`);
const messagesIn = (client: Client, id: string) => client.call('GET', `/messages?id_conversation=${id}`);
const sendIn = async (client: Client, id: string) => {
  const json = { content: `${CANARY} hello` };
  return (await client.call('POST', `/messages?id_conversation=${id}`, { json })).body;
};

/** The export of a user's data, without the account and the end. */
const exported = async (client: Client) => (await client.call('GET', '/users/me/export')).body.slice(1, -1);

describe('deleteConversation', () => {
  it('200 and the conversation is deleted with all its messages, more than a batch', async () => {
    const ada = await loggedIn(baseUrl);
    const id = await create(ada);
    const { user_message, bot_response } = await sendIn(ada, id);
    for (let count = 0; count < 14; count += 1) await sendIn(ada, id);
    expect((await messagesIn(ada, id)).body.messages).toHaveLength(30);

    const { status, body } = await remove(ada, id);
    expect(status).toBe(200);
    expect(body).toEqual({ id_conversation: id, status: 'deleted' });
    expect(await exported(ada)).toEqual([]);
    expect((await messagesIn(ada, id)).body.code).toBe('conversation-not-found');
    for (const { id_message } of [user_message, bot_response])
      expect((await ada.call('GET', `/messages/${id_message}?id_conversation=${id}`)).status).toBe(404);
  });

  it('200 and messages of other conversations remain', async () => {
    const ada = await loggedIn(baseUrl);
    const [id, other] = [await create(ada), await create(ada)];
    await sendMessage(ada);
    await sendIn(ada, other);
    const before = await exported(ada);
    await sendIn(ada, id);
    expect((await remove(ada, id)).status).toBe(200);
    const gone = (line: { conversation?: { id_conversation: string } }) => line.conversation?.id_conversation === id;
    expect(before).toHaveLength(6);
    expect(await exported(ada)).toEqual(before.filter((line: object) => !gone(line)));
  });

  it('200 while a reply is in progress, which stops and is deleted', async () => {
    const { bot, nth } = scriptedBot();
    const ada = await loggedIn(await turnServer({ bot }));
    const id = await create(ada);
    const json = { content: `${CANARY} hello` };
    const seen = await openStream(ada, 'POST', `/messages?id_conversation=${id}`, { json });
    const generation = await nth(1);
    await generation.emit('So far');
    expect((await remove(ada, id)).status).toBe(200);
    await seen.ended;
    expect(generation.signal.aborted).toBe(true);
    expect(await exported(ada)).toEqual([]);
  });

  it('400 for a path that cannot be decoded', async () => {
    expect((await remove(await loggedIn(baseUrl), '%')).status).toBe(400);
  });

  it('401 without a session', async () => {
    expect((await remove(connect(baseUrl), UNKNOWN)).status).toBe(401);
  });

  it('404 for an unknown, a deleted and another user’s conversation alike, and nothing is deleted', async () => {
    const [ada, bob] = [await loggedIn(baseUrl), await loggedIn(baseUrl)];
    const deleted = await create(ada);
    await remove(ada, deleted);
    const theirs = await create(bob);
    await sendIn(bob, theirs);
    const before = await exported(bob);
    for (const id of [UNKNOWN, deleted, theirs]) {
      const { status, body } = await remove(ada, id);
      expect(status).toBe(404);
      expect(body.code).toBe('conversation-not-found');
    }
    expect(await exported(bob)).toEqual(before);
  });

  it('404 for later messages to it, which are not stored', async () => {
    const ada = await loggedIn(baseUrl);
    const id = await create(ada);
    await remove(ada, id);
    expect((await sendIn(ada, id)).code).toBe('conversation-not-found');
    expect(await exported(ada)).toEqual([]);
  });

  it('422 for the default conversation, whose messages stay', async () => {
    const ada = await loggedIn(baseUrl);
    await sendMessage(ada);
    expect((await remove(ada, 'default')).status).toBe(422);
    expect(await exported(ada)).toHaveLength(2);
  });

  it('422 for an invalid id', async () => {
    expect((await remove(await loggedIn(baseUrl), UNKNOWN.toUpperCase())).status).toBe(422);
  });
});
