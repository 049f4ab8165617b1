import { describe, expect, it } from 'vitest';
import { loggedIn, say } from '../support/client.ts';
import { startServer } from '../support/server.ts';

const baseUrl = await startServer();

// That a bot is stopped is in turns/streams.test.ts.
describe('cancelReply', () => {
  it('200 with a reply that is over as it is, by its own id or by that of its message', async () => {
    const ada = await loggedIn(baseUrl);
    const { user_message, bot_response } = await say(ada);
    for (const { id_message } of [user_message, bot_response]) {
      const { status, body, headers } = await ada.call('POST', `/messages/${id_message}/cancel`);
      expect(status).toBe(200);
      expect(body).toEqual(bot_response);
      expect(headers.get('etag')).toBe('"2"');
    }
  });
});
