import { describe, expect, it } from 'vitest';
import { CANARY } from '../support/canary.ts';
import { connect, loggedIn } from '../support/client.ts';
import { startServer } from '../support/server.ts';

const baseUrl = await startServer();
const ada = await loggedIn(baseUrl);
const send = (json: unknown) => ada.call('POST', '/messages', { json });

describe('sendMessage', () => {
  it('201 with the message and the bot’s answer, in this order', async () => {
    const content = `${CANARY} hello`;
    const { body, status } = await send({ content });
    const { user_message, bot_response } = body;
    expect(status).toBe(201);
    expect(user_message).toMatchObject({ content, is_bot: false, id_reply: bot_response.id_message });
    expect(bot_response).toMatchObject({
      is_bot: true,
      reply_to: user_message.id_message,
      id_user: user_message.id_user,
    });
    expect(bot_response.content).toMatch(/^Hello!/);
    expect(bot_response.id_message > user_message.id_message).toBe(true);
    expect(bot_response.timestamp >= user_message.timestamp).toBe(true);
  });

  it('201 and the message is kept to the letter', async () => {
    const content = `${CANARY} \t\n 👩‍👩‍👧 ‮ <script>alert(1)</script> '; DROP TABLE   `;
    expect((await send({ content })).body.user_message.content).toBe(content);
    expect((await ada.call('GET', '/messages?limit=2')).body.messages[1].content).toBe(content);
  });

  it('201 for 8000 code points, however many bytes they are', async () => {
    expect((await send({ content: '👋'.repeat(8000) })).status).toBe(201);
  });

  it('400 for a body that is not JSON', async () => {
    const headers = { 'content-type': 'application/json' };
    expect((await ada.call('POST', '/messages', { body: '{"content":canary}', headers })).status).toBe(400);
  });

  it('401 without a session', async () => {
    expect((await connect(baseUrl).call('POST', '/messages', { json: { content: CANARY } })).status).toBe(401);
  });

  it('413 for a body over 64 KB', async () => {
    expect((await send({ content: 'x'.repeat(65_536) })).status).toBe(413);
  });

  it('415 for plain text', async () => {
    expect((await ada.call('POST', '/messages', { body: CANARY })).status).toBe(415);
  });

  it.each([
    ['no text', { content: '' }, '/content'],
    ['8001 code points', { content: 'x'.repeat(8001) }, '/content'],
    ['a NUL character', { content: '\0' }, '/content'],
    ['half a character', { content: '\udc00' }, '/content'],
    ['a number for a text', { content: 5 }, '/content'],
    ['no content', {}, '/content'],
    ['a field that the spec does not know', { content: CANARY, is_bot: true }, '/is_bot'],
    ['a list', [], ''],
  ])('422 for %s', async (_words, json, pointer) => {
    const { status, body } = await send(json);
    expect(status).toBe(422);
    expect(body.errors[0].pointer).toBe(pointer);
  });
});
