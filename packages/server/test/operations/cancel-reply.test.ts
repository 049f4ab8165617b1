import { describe, expect, it } from 'vitest';
import { scriptedBot } from '../../../core/test/support/scripted-bot.ts';
import { loggedIn, sendMessage } from '../support/requests/client.ts';
import { startServer } from '../support/servers/server.ts';
import { turnServer } from '../support/servers/turn-server.ts';

const baseUrl = await startServer();

// That a bot is stopped is in turns/streams.test.ts.
describe('cancelReply', () => {
  it('200 with an ended reply unchanged, by its own id or its message’s', async () => {
    const ada = await loggedIn(baseUrl);
    const { user_message, bot_response } = await sendMessage(ada);
    for (const { id_message } of [user_message, bot_response]) {
      const { status, body, headers } = await ada.call('POST', `/messages/${id_message}/cancel`);
      expect(status).toBe(200);
      expect(body).toEqual(bot_response);
      expect(headers.get('etag')).toBe('"2"');
    }
  });

  it('200 by the id of the message too, and a waiting client receives the text so far', async () => {
    const { bot, nth } = scriptedBot();
    const ada = await loggedIn(await turnServer({ bot }));
    const sent = sendMessage(ada);
    const answer = await nth(1);
    await answer.emit('So far');
    const [, { id_message }] = (await ada.call('GET', '/messages')).body.messages;
    const { status, body } = await ada.call('POST', `/messages/${id_message}/cancel`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ content: 'So far', status: 'cancelled', reply_to: id_message });
    expect((await sent).bot_response).toEqual(body);
    expect(answer.signal.aborted).toBe(true);
  });

  it('404 for a deleted reply', async () => {
    const ada = await loggedIn(baseUrl);
    const { user_message, bot_response } = await sendMessage(ada);
    await ada.call('DELETE', `/messages/${bot_response.id_message}`);
    for (const { id_message } of [user_message, bot_response])
      expect((await ada.call('POST', `/messages/${id_message}/cancel`)).status).toBe(404);
  });
});
