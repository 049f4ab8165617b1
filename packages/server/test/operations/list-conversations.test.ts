import type { Conversation } from '@async-chatbot/core/ports/conversation-store';
import { describe, expect, it } from 'vitest';
import { CANARY } from '../support/checks/canary.ts';
import { type Client, connect, loggedIn, sendMessage } from '../support/requests/client.ts';
import { startServer } from '../support/servers/server.ts';

const baseUrl = await startServer();

const create = async (client: Client, json = {}): Promise<Conversation> =>
  (await client.call('POST', '/conversations', { json })).body;
const list = (client: Client, query = '') => client.call('GET', `/conversations${query}`);

/** Every page in order. */
async function* pages(client: Client, limit: number): AsyncGenerator<Conversation[]> {
  let cursor: string | undefined;
  do {
    const { body } = await list(client, `?limit=${limit}${cursor ? `&cursor=${cursor}` : ''}`);
    yield body.conversations;
    cursor = body.next_cursor;
  } while (cursor);
}

describe('listConversations', () => {
  it('200 with an empty page for a user who only uses the default conversation', async () => {
    const ada = await loggedIn(baseUrl);
    await sendMessage(ada);
    const { status, body } = await list(ada);
    expect(status).toBe(200);
    expect(body).toEqual({ conversations: [] });
  });

  it('200 with the current conversations, most recently updated first', async () => {
    const ada = await loggedIn(baseUrl);
    const first = await create(ada);
    const second = await create(ada, { title: `${CANARY} second` });
    expect((await list(ada, '/')).body).toEqual({ conversations: [second, first] });

    // A message moves the older one to the top, and a new title the other.
    const { id_conversation } = first;
    const json = { content: `${CANARY} said` };
    const sent = (await ada.call('POST', `/messages?id_conversation=${id_conversation}`, { json })).body;
    const changed = { ...first, title: json.content, updated_at: sent.user_message.timestamp };
    expect((await list(ada)).body).toEqual({ conversations: [changed, second] });
    const renamed = await ada.call('PATCH', `/conversations/${second.id_conversation}`, { json: { title: CANARY } });
    expect((await list(ada)).body).toEqual({ conversations: [renamed.body, changed] });
  });

  it('200 with 50 conversations by default', async () => {
    const ada = await loggedIn(baseUrl);
    for (let count = 0; count < 52; count += 1) await create(ada);
    expect((await list(ada)).body.conversations).toHaveLength(50);
    expect((await list(ada, '?limit=52')).body.conversations).toHaveLength(52);
    expect((await list(ada, '?limit=100')).body).not.toHaveProperty('next_cursor');
  });

  it('200 for each page, with each conversation once and in order, while others are created and deleted', async () => {
    const ada = await loggedIn(baseUrl);
    const created: Conversation[] = [];
    for (let count = 0; count < 10; count += 1) created.unshift(await create(ada));
    const seen: Conversation[] = [];
    for await (const page of pages(ada, 3)) {
      seen.push(...page);
      await create(ada);
      await ada.call('DELETE', `/conversations/${page.at(-1)?.id_conversation}`);
    }
    expect(seen).toEqual(created);
  });

  it('200 for each page, with each unchanged conversation once, while messages are sent in others', async () => {
    const ada = await loggedIn(baseUrl);
    const created: Conversation[] = [];
    for (let count = 0; count < 9; count += 1) created.unshift(await create(ada));
    const sentIn = [created[8], created[0], created[4]].map((each) => String(each?.id_conversation));
    const unchanged = created.filter(({ id_conversation }) => !sentIn.includes(id_conversation));
    const seen: Conversation[] = [];
    for await (const page of pages(ada, 3)) {
      seen.push(...page);
      const id = sentIn.pop();
      await ada.call('POST', `/messages?id_conversation=${id}`, { json: { content: CANARY } });
      sentIn.unshift(String(id));
    }
    expect(seen.filter(({ id_conversation }) => !sentIn.includes(id_conversation))).toEqual(unchanged);
    expect(new Set(seen.map(({ id_conversation }) => id_conversation)).size).toBe(seen.length);
    const { conversations } = (await list(ada)).body;
    expect(conversations.slice(3)).toEqual(unchanged);
  });

  it('200 without conversations of other users', async () => {
    const [ada, bob] = [await loggedIn(baseUrl), await loggedIn(baseUrl)];
    const [older, newer] = [await create(ada, { title: `${CANARY} of Ada` }), await create(ada)];
    expect((await list(bob)).body).toEqual({ conversations: [] });
    await create(bob);
    const { next_cursor } = (await list(ada, '?limit=1')).body;
    expect((await list(ada)).body.conversations).toEqual([newer, older]);
    expect((await list(bob, `?cursor=${next_cursor}`)).body).toEqual({ conversations: [] });
  });

  it('400 for both a cookie and a bearer token', async () => {
    const ada = await loggedIn(baseUrl);
    const headers = { authorization: `Bearer ${ada.jar.get('access_token')}` };
    expect((await ada.call('GET', '/conversations', { headers })).status).toBe(400);
  });

  it('401 without a session', async () => {
    expect((await list(connect(baseUrl))).status).toBe(401);
  });

  it.each([
    'limit=0',
    'limit=101',
    'limit=many',
    'order=asc',
    'cursor=',
    'cursor=short',
    'cursor=*****************************!',
    'cursor=AZNafQwBfFWaAmsfDp2Mew',
  ])('422 for %s', async (query) => {
    const { status, body } = await list(await loggedIn(baseUrl), `?${query}`);
    expect(status).toBe(422);
    expect(body.errors[0].parameter).toBe(query.split('=')[0]);
  });
});
