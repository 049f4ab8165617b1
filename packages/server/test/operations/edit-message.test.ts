import { describe, expect, it } from 'vitest';
import { CANARY } from '../support/canary.ts';
import { connect, loggedIn, say } from '../support/client.ts';
import { startServer } from '../support/server.ts';

const baseUrl = await startServer();
const ada = await loggedIn(baseUrl);
const edit = (id: string, json: unknown = { content: `${CANARY} edited` }) =>
  ada.call('PUT', `/messages/${id}`, { json });
const UNKNOWN = '01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b';

describe('editMessage', () => {
  it('200 with the message as it now stands', async () => {
    const { user_message } = await say(ada);
    const { status, body } = await edit(user_message.id_message);
    expect(status).toBe(200);
    expect(body).toEqual({ ...user_message, content: `${CANARY} edited`, edited_at: expect.any(String), version: 2 });
    expect((await ada.call('GET', '/messages?limit=2')).body.messages[1]).toEqual(body);
  });

  it('400 for a body that is not JSON', async () => {
    const headers = { 'content-type': 'application/json' };
    expect((await ada.call('PUT', `/messages/${UNKNOWN}`, { body: '{', headers })).status).toBe(400);
  });

  it('400 for a path that cannot be decoded', async () => {
    const { status, body } = await edit('%E0%A4%A');
    expect(status).toBe(400);
    expect(body.code).toBe('malformed-request');
  });

  it('401 without a session', async () => {
    const { user_message } = await say(ada);
    const json = { content: CANARY };
    expect((await connect(baseUrl).call('PUT', `/messages/${user_message.id_message}`, { json })).status).toBe(401);
  });

  it('404 alike for an unknown message and somebody else’s, which stays as it was', async () => {
    const bob = await loggedIn(baseUrl);
    const { user_message } = await say(bob);
    for (const id of [UNKNOWN, user_message.id_message]) {
      const { status, body } = await edit(id);
      expect(status).toBe(404);
      expect(body.code).toBe('message-not-found');
    }
    expect((await bob.call('GET', '/messages?limit=2')).body.messages[1]).toEqual(user_message);
  });

  it('404 after the message was deleted, and nothing comes back to life', async () => {
    const carol = await loggedIn(baseUrl);
    const { user_message } = await say(carol);
    await carol.call('DELETE', `/messages/${user_message.id_message}`);
    const json = { content: CANARY };
    expect((await carol.call('PUT', `/messages/${user_message.id_message}`, { json })).status).toBe(404);
    expect((await carol.call('GET', '/messages')).body.messages).toEqual([]);
  });

  it('409 for a message of the bot', async () => {
    const { bot_response } = await say(ada);
    const { status, body } = await edit(bot_response.id_message);
    expect(status).toBe(409);
    expect(body.code).toBe('bot-message-not-editable');
  });

  it('413 for a body over 64 KB', async () => {
    expect((await edit(UNKNOWN, { content: 'x'.repeat(65_536) })).status).toBe(413);
  });

  it('415 for plain text', async () => {
    expect((await ada.call('PUT', `/messages/${UNKNOWN}`, { body: CANARY })).status).toBe(415);
  });

  it('422 for an id that is none and a text that is empty', async () => {
    const { status, body } = await edit('none', { content: '' });
    expect(status).toBe(422);
    expect(body.errors).toContainEqual(expect.objectContaining({ pointer: '/content' }));
    expect(body.errors).toContainEqual(expect.objectContaining({ parameter: 'id_message' }));
  });
});
