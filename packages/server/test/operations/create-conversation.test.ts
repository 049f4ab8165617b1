import { describe, expect, it } from 'vitest';
import { connect, loggedIn, say } from '../support/client.ts';
import { startServer } from '../support/server.ts';

const baseUrl = await startServer();
const ada = await loggedIn(baseUrl);
const create = (json: unknown) => ada.call('POST', '/conversations', { json });

describe('createConversation', () => {
  it('201 with the conversation, which is then listed first', async () => {
    const { status, body } = await create({ title: 'canary one' });
    expect(status).toBe(201);
    expect(body).toEqual({
      id_conversation: expect.stringMatching(/^[0-9a-f-]{36}$/),
      title: 'canary one',
      created_at: expect.any(String),
      updated_at: body.created_at,
    });
    expect((await ada.call('GET', '/conversations')).body.conversations[0]).toEqual(body);
  });

  it('201 without a title, which the first message gives and the second does not change', async () => {
    const { id_conversation, ...created } = (await create({})).body;
    expect(created).not.toHaveProperty('title');
    const send = (content: string) =>
      ada.call('POST', `/messages?id_conversation=${id_conversation}`, { json: { content } });
    await send('  canary weather \n in Lisbon');
    await send('canary thanks');
    const { title, updated_at } = (await ada.call('GET', `/conversations/${id_conversation}`)).body;
    expect(title).toBe('canary weather');
    expect(updated_at > created.updated_at).toBe(true);
  });

  it('201 and its messages are its own: the default conversation and others do not show them', async () => {
    const [one, other] = [(await create({})).body, (await create({})).body];
    await say(ada);
    const before = (await ada.call('GET', '/messages')).body;
    const sent = await ada.call('POST', `/messages?id_conversation=${one.id_conversation}`, {
      json: { content: 'canary' },
    });
    const { user_message, bot_response } = sent.body;
    expect(user_message.id_conversation).toBe(one.id_conversation);
    const listOf = async (id: string) => (await ada.call('GET', `/messages?id_conversation=${id}`)).body;
    expect(await listOf(one.id_conversation)).toEqual({ messages: [bot_response, user_message] });
    expect(await listOf(other.id_conversation)).toEqual({ messages: [] });
    expect((await ada.call('GET', '/messages')).body).toEqual(before);
    // Nor is it found without its conversation.
    expect((await ada.call('GET', `/messages/${user_message.id_message}`)).status).toBe(404);
  });

  it('400 for a body that is not JSON', async () => {
    const headers = { 'content-type': 'application/json' };
    expect((await ada.call('POST', '/conversations', { body: '{canary', headers })).status).toBe(400);
  });

  it('401 without a session', async () => {
    expect((await connect(baseUrl).call('POST', '/conversations', { json: {} })).status).toBe(401);
  });

  it('413 for a body over 64 KB', async () => {
    expect((await create({ title: 'x'.repeat(65_536) })).status).toBe(413);
  });

  it('415 for plain text', async () => {
    expect((await ada.call('POST', '/conversations', { body: 'canary' })).status).toBe(415);
  });

  it.each([
    ['an empty title', { title: '' }, '/title'],
    ['201 code points', { title: 'x'.repeat(201) }, '/title'],
    ['a NUL character', { title: '\0' }, '/title'],
    ['a field that the spec does not know', { id_conversation: 'canary' }, '/id_conversation'],
  ])('422 for %s', async (_words, json, pointer) => {
    const { status, body } = await create(json);
    expect(status).toBe(422);
    expect(body.errors[0].pointer).toBe(pointer);
  });
});
