import { describe, expect, it } from 'vitest';
import { loggedIn, sendMessage } from '../support/requests/client.ts';
import { startServer } from '../support/servers/server.ts';

const baseUrl = await startServer();

describe('getMessage', () => {
  it('200 with a message or reply as listed, and its version as ETag', async () => {
    const ada = await loggedIn(baseUrl);
    const { user_message, bot_response } = await sendMessage(ada);
    for (const message of [user_message, bot_response]) {
      const { status, body, headers } = await ada.call('GET', `/messages/${message.id_message}`);
      expect(status).toBe(200);
      expect(body).toEqual(message);
      expect(headers.get('etag')).toBe(`"${message.version}"`);
    }
  });

  it('404 for a message of another user or another conversation', async () => {
    const [ada, bob] = [await loggedIn(baseUrl), await loggedIn(baseUrl)];
    const { id_conversation } = (await ada.call('POST', '/conversations', { json: {} })).body;
    const query = `?id_conversation=${id_conversation}`;
    const path = `/messages/${(await sendMessage(ada)).user_message.id_message}`;
    expect((await ada.call('GET', path)).status).toBe(200);
    expect((await ada.call('GET', path + query)).status).toBe(404);
    expect((await bob.call('GET', path)).status).toBe(404);
  });
});
