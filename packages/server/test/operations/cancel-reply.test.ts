import { describe, expect, it } from 'vitest';
import { scriptedBot } from '../../../core/test/support/scripted-bot.ts';
import { loggedIn, sendMessage } from '../support/requests/client.ts';
import { startServer } from '../support/servers/server.ts';
import { turnServer } from '../support/servers/turn-server.ts';

const baseUrl = await startServer();

// turns/streams.test.ts tests that the bot is stopped.
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
    const generation = await nth(1);
    await generation.emit('So far');
    const [, { id_message }] = (await ada.call('GET', '/messages')).body.messages;
    const { status, body } = await ada.call('POST', `/messages/${id_message}/cancel`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ content: 'So far', status: 'cancelled', reply_to: id_message });
    expect((await sent).bot_response).toEqual(body);
    expect(generation.signal.aborted).toBe(true);
  });

  it('404 for a deleted reply', async () => {
    const ada = await loggedIn(baseUrl);
    const { user_message, bot_response } = await sendMessage(ada);
    await ada.call('DELETE', `/messages/${bot_response.id_message}`);
    for (const { id_message } of [user_message, bot_response])
      expect((await ada.call('POST', `/messages/${id_message}/cancel`)).status).toBe(404);
  });
});
