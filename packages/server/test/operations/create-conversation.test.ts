import { describe, expect, it } from 'vitest';
import { CANARY } from '../support/checks/canary.ts';
import { connect, loggedIn, sendMessage } from '../support/requests/client.ts';
import { startServer } from '../support/servers/server.ts';

const baseUrl = await startServer();
const ada = await loggedIn(baseUrl);
const create = (json: unknown) => ada.call('POST', '/conversations', { json });

describe('createConversation', () => {
  it('201 with a conversation without a title', async () => {
    const { status, body } = await create({});
    expect(status).toBe(201);
    expect(body).toEqual({
      id_conversation: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
      created_at: expect.any(String),
      updated_at: body.created_at,
    });
    expect((await ada.call('GET', `/conversations/${body.id_conversation}`)).body).toEqual(body);
  });

  it('201 with the title unchanged', async () => {
    const title = ` ${CANARY} \t 👩‍👩‍👧 ‮ <script> `;
    const { body } = await create({ title });
    expect(body.title).toBe(title);
    expect((await ada.call('GET', `/conversations/${body.id_conversation}`)).body).toEqual(body);
  });

  it('201 for a title of 200 code points, however many bytes they take', async () => {
    expect((await create({ title: '👋'.repeat(200) })).status).toBe(201);
  });

  it('201 for each of many concurrent requests, each with a new conversation', async () => {
    const bob = await loggedIn(baseUrl);
    const responses = await Promise.all([1, 2, 3, 4, 5].map(() => bob.call('POST', '/conversations', { json: {} })));
    const ids = responses.map(({ body }) => body.id_conversation);
    const { conversations } = (await bob.call('GET', '/conversations')).body;
    expect(new Set(ids).size).toBe(5);
    expect(conversations.map(({ id_conversation }: { id_conversation: string }) => id_conversation)).toEqual(
      ids.toSorted().reverse(),
    );
  });

  it('201 and its messages appear neither in other conversations nor in the default one', async () => {
    const bob = await loggedIn(baseUrl);
    const [id, other] = await Promise.all(
      [1, 2].map(async () => (await bob.call('POST', '/conversations', { json: {} })).body.id_conversation),
    );
    const inDefault = await sendMessage(bob);
    const json = { content: `${CANARY} apart` };
    const { user_message, bot_response } = (await bob.call('POST', `/messages?id_conversation=${id}`, { json })).body;
    expect([user_message, bot_response]).toMatchObject([{ id_conversation: id }, { id_conversation: id }]);
    const listOf = async (query: string) => (await bob.call('GET', `/messages${query}`)).body.messages;
    expect(await listOf(`?id_conversation=${id}`)).toEqual([bot_response, user_message]);
    expect(await listOf(`?id_conversation=${other}`)).toEqual([]);
    expect(await listOf('')).toEqual([inDefault.bot_response, inDefault.user_message]);
    // Without its conversation, a message is not found either.
    expect((await bob.call('GET', `/messages/${user_message.id_message}`)).status).toBe(404);
  });

  it('400 for a body that is not JSON', async () => {
    const headers = { 'content-type': 'application/json' };
    expect((await ada.call('POST', '/conversations', { body: '{"title":canary}', headers })).status).toBe(400);
  });

  it('401 without a session', async () => {
    expect((await connect(baseUrl).call('POST', '/conversations', { json: {} })).status).toBe(401);
  });

  it('413 for a body over 100 KB', async () => {
    expect((await create({ title: 'x'.repeat(102_400) })).status).toBe(413);
  });

  it('415 for plain text', async () => {
    expect((await ada.call('POST', '/conversations', { body: CANARY })).status).toBe(415);
  });

  it.each([
    ['an empty title', { title: '' }, '/title'],
    ['201 code points', { title: 'x'.repeat(201) }, '/title'],
    ['a NUL character', { title: 'a\0b' }, '/title'],
    ['an unpaired surrogate', { title: '\ud83d' }, '/title'],
    ['a number as title', { title: 5 }, '/title'],
    ['a null title', { title: null }, '/title'],
    ['a client-generated id', { id_conversation: '01935a7c-ffee-7b1c-8f0a-3c2d1e0f9a8b' }, '/id_conversation'],
    ['an array', [], ''],
  ])('422 for %s, and none is created', async (_label, json, pointer) => {
    const bob = await loggedIn(baseUrl);
    const { status, body } = await bob.call('POST', '/conversations', { json });
    expect(status).toBe(422);
    expect(body.errors[0].pointer).toBe(pointer);
    expect((await bob.call('GET', '/conversations')).body).toEqual({ conversations: [] });
  });
});
