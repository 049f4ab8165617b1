import { describe, expect, it } from 'vitest';
import { type Client, connect, loggedIn, say } from '../support/client.ts';
import { startServer } from '../support/server.ts';
import { follow } from '../turns/followed.ts';
import { puppet } from '../turns/puppet.ts';
import { turnServer } from '../turns/turn-server.ts';

const baseUrl = await startServer();
const UNKNOWN = '01935a7c-ffee-7b1c-8f0a-3c2d1e0f9a8b';
const remove = ({ call }: Client, id: string) => call('DELETE', `/conversations/${id}`);
const create = async ({ call }: Client): Promise<string> =>
  (await call('POST', '/conversations', { json: {} })).body.id_conversation;

describe('deleteConversation', () => {
  it('200 and it is gone with its messages, and nothing else is', async () => {
    const ada = await loggedIn(baseUrl);
    const [gone, kept] = [await create(ada), await create(ada)];
    await say(ada);
    for (const id of [gone, gone, kept])
      await ada.call('POST', `/messages?id_conversation=${id}`, { json: { content: 'canary' } });
    expect(await remove(ada, gone)).toMatchObject({ status: 200, body: { id_conversation: gone, status: 'deleted' } });
    expect((await ada.call('GET', `/conversations/${gone}`)).status).toBe(404);
    expect((await ada.call('GET', `/messages?id_conversation=${gone}`)).status).toBe(404);
    expect((await ada.call('GET', `/messages?id_conversation=${kept}`)).body.messages).toHaveLength(2);
    expect((await ada.call('GET', '/messages')).body.messages).toHaveLength(2);
    expect((await ada.call('GET', '/users/me/export')).body).toHaveLength(1 + 1 + 2 + 2);
  });

  it('200 while the bot is answering in it, which stops and leaves nothing', async () => {
    const { bot, nth } = puppet();
    const talking = await turnServer({ bot });
    const ada = await loggedIn(talking);
    const id = await create(ada);
    const seen = await follow(ada, 'POST', `/messages?id_conversation=${id}`, { json: { content: 'canary' } });
    const answer = await nth(1);
    await answer.say('So far');
    expect((await remove(ada, id)).status).toBe(200);
    await seen.ended;
    expect(answer.signal.aborted).toBe(true);
    expect((await ada.call('GET', '/users/me/export')).body).toHaveLength(1);
  });

  it('400 for a path that cannot be decoded', async () => {
    expect((await remove(await loggedIn(baseUrl), '%')).status).toBe(400);
  });

  it('401 without a session', async () => {
    expect((await remove(connect(baseUrl), UNKNOWN)).status).toBe(401);
  });

  it('404 for one that is not there, or was deleted before', async () => {
    const ada = await loggedIn(baseUrl);
    const id = await create(ada);
    await remove(ada, id);
    for (const gone of [UNKNOWN, id]) expect((await remove(ada, gone)).body.code).toBe('conversation-not-found');
  });

  it('422 for an id that is none', async () => {
    expect((await remove(await loggedIn(baseUrl), UNKNOWN.toUpperCase())).status).toBe(422);
  });
});
