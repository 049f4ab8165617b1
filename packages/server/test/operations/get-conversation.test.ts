import { describe, expect, it } from 'vitest';
import { CANARY } from '../support/checks/canary.ts';
import { type Client, connect, loggedIn, sendMessage } from '../support/requests/client.ts';
import { startServer } from '../support/servers/server.ts';

const baseUrl = await startServer();
const ada = await loggedIn(baseUrl);
const UNKNOWN = '01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b';

const create = async (client: Client, json = {}) => (await client.call('POST', '/conversations', { json })).body;
const get = (client: Client, id: string) => client.call('GET', `/conversations/${id}`);
const send = (id: string, content: string) =>
  ada.call('POST', `/messages?id_conversation=${id}`, { json: { content } });

describe('getConversation', () => {
  it('200 with the conversation', async () => {
    const created = await create(ada, { title: `${CANARY} title` });
    const { status, body } = await get(ada, created.id_conversation);
    expect(status).toBe(200);
    expect(body).toEqual(created);
  });

  it('200 with the title from the first message and the time of the last', async () => {
    const created = await create(ada);
    const id = created.id_conversation;
    const first = (await send(id, `\n  ${CANARY}   first\nmore`)).body;
    const { timestamp } = first.user_message;
    expect((await get(ada, id)).body).toEqual({ ...created, title: `${CANARY} first`, updated_at: timestamp });
    const second = (await send(id, `${CANARY} second`)).body.user_message.timestamp;
    expect((await get(ada, id)).body).toEqual({ ...created, title: `${CANARY} first`, updated_at: second });
    expect(second > created.updated_at).toBe(true);
  });

  it('200 with the title from its creation, whatever is sent', async () => {
    const { id_conversation: id } = await create(ada, { title: `${CANARY} given` });
    await send(id, `${CANARY} said`);
    expect((await get(ada, id)).body.title).toBe(`${CANARY} given`);
  });

  it('200 and unchanged after a message to another conversation', async () => {
    const created = await create(ada);
    await sendMessage(ada);
    await send((await create(ada)).id_conversation, `${CANARY} elsewhere`);
    expect((await get(ada, created.id_conversation)).body).toEqual(created);
  });

  it('400 for a path that cannot be decoded', async () => {
    expect((await get(ada, '%E0%A4%A')).status).toBe(400);
  });

  it('401 without a session', async () => {
    expect((await get(connect(baseUrl), (await create(ada)).id_conversation)).status).toBe(401);
  });

  it('404 for an unknown, a deleted and another user’s conversation alike', async () => {
    const bob = await loggedIn(baseUrl);
    const deleted = await create(ada);
    await ada.call('DELETE', `/conversations/${deleted.id_conversation}`);
    for (const id of [UNKNOWN, deleted.id_conversation, (await create(bob)).id_conversation]) {
      const { status, body } = await get(ada, id);
      expect(status).toBe(404);
      expect(body.code).toBe('conversation-not-found');
    }
  });

  it.each(['none', 'default', UNKNOWN.toUpperCase()])('422 for the id %s', async (id) => {
    const { status, body } = await get(ada, id);
    expect(status).toBe(422);
    expect(body.errors[0].parameter).toBe('id_conversation');
  });
});
