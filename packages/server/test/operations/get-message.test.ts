import { describe, expect, it } from 'vitest';
import { loggedIn, say } from '../support/client.ts';
import { startServer } from '../support/server.ts';

const baseUrl = await startServer();

describe('getMessage', () => {
  it('200 with either side as it is listed, and its version as its ETag', async () => {
    const ada = await loggedIn(baseUrl);
    const { user_message, bot_response } = await say(ada);
    for (const message of [user_message, bot_response]) {
      const { status, body, headers } = await ada.call('GET', `/messages/${message.id_message}`);
      expect(status).toBe(200);
      expect(body).toEqual(message);
      expect(headers.get('etag')).toBe(`"${message.version}"`);
    }
  });
});
