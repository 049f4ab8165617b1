import { describe, expect, it } from 'vitest';
import { type Client, connect, loggedIn, sendMessage } from '../support/requests/client.ts';
import { startServer } from '../support/servers/server.ts';

const baseUrl = await startServer();
const remove = (client: Client, id: string) => client.call('DELETE', `/messages/${id}`);
const listOf = async (client: Client) => (await client.call('GET', '/messages')).body.messages;
const UNKNOWN = '01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b';

describe('deleteMessage', () => {
  it('200 and both the message and its reply are deleted', async () => {
    const ada = await loggedIn(baseUrl);
    const other = await sendMessage(ada);
    const { user_message } = await sendMessage(ada);
    const { status, body } = await remove(ada, user_message.id_message);
    expect(status).toBe(200);
    expect(body).toEqual({ id_message: user_message.id_message, status: 'deleted' });
    expect(await listOf(ada)).toEqual([other.bot_response, other.user_message]);
  });

  it('200 for a reply, and its message stays', async () => {
    const ada = await loggedIn(baseUrl);
    const { user_message, bot_response } = await sendMessage(ada);
    expect((await remove(ada, bot_response.id_message)).status).toBe(200);
    expect(await listOf(ada)).toEqual([user_message]);
    expect((await remove(ada, user_message.id_message)).status).toBe(200);
  });

  it('400 for a path that cannot be decoded', async () => {
    expect((await remove(await loggedIn(baseUrl), '%')).status).toBe(400);
  });

  it('401 without a session', async () => {
    expect((await remove(connect(baseUrl), UNKNOWN)).status).toBe(401);
  });

  it('404 for an unknown, a deleted and another user’s message alike, and nothing is deleted', async () => {
    const [ada, bob] = [await loggedIn(baseUrl), await loggedIn(baseUrl)];
    const deleted = await sendMessage(ada);
    await remove(ada, deleted.user_message.id_message);
    const { user_message, bot_response } = await sendMessage(bob);
    for (const id of [UNKNOWN, deleted.user_message.id_message, user_message.id_message, bot_response.id_message]) {
      const { status, body } = await remove(ada, id);
      expect(status).toBe(404);
      expect(body.code).toBe('message-not-found');
    }
    expect(await listOf(bob)).toEqual([bot_response, user_message]);
  });

  it('412 for If-Match of another version, and both messages stay', async () => {
    const ada = await loggedIn(baseUrl);
    const { user_message, bot_response } = await sendMessage(ada);
    for (const tag of ['"2"', 'W/"2"', '"2-gzip"']) {
      const headers = { 'if-match': tag };
      const { status, body } = await ada.call('DELETE', `/messages/${user_message.id_message}`, { headers });
      expect([status, body.code]).toEqual([412, 'message-changed']);
    }
    expect(await listOf(ada)).toEqual([bot_response, user_message]);
    const headers = { 'if-match': '"1"' };
    expect((await ada.call('DELETE', `/messages/${user_message.id_message}`, { headers })).status).toBe(200);
    expect(await listOf(ada)).toEqual([]);
  });

  it.each(['W/"1"', '"1--gzip"', '"9", W/"1-br"'])(
    '200 for If-Match %s, into which a proxy may change "1"',
    async (tag) => {
      const ada = await loggedIn(baseUrl);
      const { user_message } = await sendMessage(ada);
      const headers = { 'if-match': tag };
      expect((await ada.call('DELETE', `/messages/${user_message.id_message}`, { headers })).status).toBe(200);
    },
  );

  it('422 for an invalid id', async () => {
    expect((await remove(await loggedIn(baseUrl), UNKNOWN.toUpperCase())).status).toBe(422);
  });
});
