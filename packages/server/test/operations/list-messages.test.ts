import type { Message } from '@async-chatbot/core/ports/message';
import { describe, expect, it } from 'vitest';
import { type Client, connect, loggedIn, sendMessage } from '../support/requests/client.ts';
import { startServer } from '../support/servers/server.ts';

const baseUrl = await startServer();

const contents = ({ messages }: { messages: Message[] }) => messages.map(({ content }) => content);

/** Every page in order. */
async function* pages(client: Client, limit: number, order = 'desc'): AsyncGenerator<Message[]> {
  let cursor: string | undefined;
  do {
    const { body } = await client.call(
      'GET',
      `/messages?order=${order}&limit=${limit}${cursor ? `&cursor=${cursor}` : ''}`,
    );
    yield body.messages;
    cursor = body.next_cursor;
  } while (cursor);
}

describe('listMessages', () => {
  it('200 with an empty page for a user without messages', async () => {
    const { status, body } = await (await loggedIn(baseUrl)).call('GET', '/messages');
    expect(status).toBe(200);
    expect(body).toEqual({ messages: [] });
  });

  it('200 with messages and replies, newest first', async () => {
    const ada = await loggedIn(baseUrl);
    const first = await sendMessage(ada, 'canary hello');
    const second = await sendMessage(ada, 'canary help');
    const { body } = await ada.call('GET', '/messages/');
    expect(body).toEqual({
      messages: [second.bot_response, second.user_message, first.bot_response, first.user_message],
    });
  });

  it('200 with 50 messages by default', async () => {
    const ada = await loggedIn(baseUrl);
    for (let count = 0; count < 26; count += 1) await sendMessage(ada);
    expect((await ada.call('GET', '/messages')).body.messages).toHaveLength(50);
    expect((await ada.call('GET', '/messages?limit=52')).body.messages).toHaveLength(52);
    expect((await ada.call('GET', '/messages?limit=100')).body).not.toHaveProperty('next_cursor');
  });

  it('200 for each page, with each message once and in order, while others are stored', async () => {
    const ada = await loggedIn(baseUrl);
    const expected: string[] = [];
    for (let count = 0; count < 10; count += 1) {
      const { user_message, bot_response } = await sendMessage(ada);
      expected.unshift(bot_response.id_message, user_message.id_message);
    }
    const seen: string[] = [];
    for await (const page of pages(ada, 3)) {
      seen.push(...page.map(({ id_message }) => id_message));
      await sendMessage(ada);
    }
    expect(seen).toEqual(expected);
  });

  it('200 in ascending order, page by page, and back from any position', async () => {
    const ada = await loggedIn(baseUrl);
    for (let count = 0; count < 5; count += 1) await sendMessage(ada);
    const newestFirst: Message[] = (await ada.call('GET', '/messages')).body.messages;
    for (const limit of [1, 3, 5, 10]) {
      const seen: Message[] = [];
      for await (const page of pages(ada, limit, 'asc')) seen.push(...page);
      expect(seen).toEqual(newestFirst.toReversed());
    }
    const { next_cursor } = (await ada.call('GET', '/messages?limit=4')).body;
    const { messages } = (await ada.call('GET', `/messages?order=asc&cursor=${next_cursor}`)).body;
    expect(messages).toEqual(newestFirst.slice(0, 4).reverse());
  });

  it('200 with only the messages of the conversation', async () => {
    const ada = await loggedIn(baseUrl);
    const byDefault = await sendMessage(ada);
    const { id_conversation } = (await ada.call('POST', '/conversations', { json: {} })).body;
    const path = `/messages?id_conversation=${id_conversation}`;
    expect((await ada.call('GET', path)).body).toEqual({ messages: [] });
    const { user_message, bot_response } = (await ada.call('POST', path, { json: { content: 'canary' } })).body;
    expect([user_message, bot_response]).toMatchObject([{ id_conversation }, { id_conversation }]);
    expect((await ada.call('GET', path)).body).toEqual({ messages: [bot_response, user_message] });
    const { messages } = (await ada.call('GET', '/messages')).body;
    expect(messages).toEqual([byDefault.bot_response, byDefault.user_message]);
  });

  it('200 without messages of other users', async () => {
    const [ada, bob] = [await loggedIn(baseUrl), await loggedIn(baseUrl)];
    await sendMessage(ada, 'canary of Ada');
    expect(contents((await bob.call('GET', '/messages')).body)).toEqual([]);
    await sendMessage(bob, 'canary of Bob');
    expect(contents((await bob.call('GET', '/messages')).body)).toContain('canary of Bob');
    expect(contents((await bob.call('GET', '/messages')).body)).not.toContain('canary of Ada');
  });

  it('400 for both a cookie and a bearer token', async () => {
    const ada = await loggedIn(baseUrl);
    const headers = { authorization: `Bearer ${ada.jar.get('access_token')}` };
    expect((await ada.call('GET', '/messages', { headers })).status).toBe(400);
  });

  it('401 without a session', async () => {
    expect((await connect(baseUrl).call('GET', '/messages')).status).toBe(401);
  });

  it('404 for an unknown conversation, or another user’s', async () => {
    const [ada, bob] = [await loggedIn(baseUrl), await loggedIn(baseUrl)];
    const { id_conversation } = (await bob.call('POST', '/conversations', { json: {} })).body;
    for (const id of [id_conversation, '01935a7c-ffee-7b1c-8f0a-3c2d1e0f9a8b']) {
      const { status, body } = await ada.call('GET', `/messages?id_conversation=${id}`);
      expect([status, body.code]).toEqual([404, 'conversation-not-found']);
    }
  });

  it.each([
    'order=newest',
    'id_conversation=default',
    'limit=0',
    'limit=101',
    'limit=1.5',
    'limit=many',
    'limit=',
    'cursor=',
    'cursor=short',
    'cursor=AaICLIIBAZNafP_uexyPCjwtHg-aig',
    'cursor=*********************!',
  ])('422 for %s', async (query) => {
    const { status, body } = await (await loggedIn(baseUrl)).call('GET', `/messages?${query}`);
    expect(status).toBe(422);
    expect(body.errors[0].parameter).toBe(query.split('=')[0]);
  });
});
