import { describe, expect, it } from 'vitest';
import { CANARY } from '../support/canary.ts';
import { loggedIn } from '../support/client.ts';
import { startServer } from '../support/server.ts';

const baseUrl = await startServer();

describe('sendMessage', () => {
  it('201 with the message and the bot’s answer', async () => {
    const ada = await loggedIn(baseUrl);
    const { body, status } = await ada.call('POST', '/messages', { json: { content: `${CANARY} hello` } });
    expect(status).toBe(201);
    expect(body.user_message).toMatchObject({
      content: `${CANARY} hello`,
      is_bot: false,
      id_reply: body.bot_response.id_message,
    });
    expect(body.bot_response).toMatchObject({ is_bot: true, reply_to: body.user_message.id_message });
    expect(body.bot_response.content).toMatch(/^Hello!/);
    expect(body.bot_response.id_message > body.user_message.id_message).toBe(true);
  });
});
