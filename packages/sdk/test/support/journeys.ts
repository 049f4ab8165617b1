/** User journeys. The mock server runs them here, and the real server in its own tests. */
import { expect } from 'vitest';
import { type Client, type ClientOptions, createClient, type ExportedItem, type Fetch } from '../../src/index.ts';

/** A server of the API. */
export interface ApiUnderTest {
  baseUrl: string;
  fetch: Fetch;
  /** Sets the next reply of the bot. */
  reply(script: { deltas: string[]; delayMs?: number; end?: 'failed' | 'never' }): void;
  /** Advances the clock. */
  passes(ms: number): void;
}

const HOUR_MS = 3_600_000;
const MESSAGE = { content: 'canary' };

/** Each scenario starts with a user without an account. */
export const journeys: Record<string, (api: ApiUnderTest) => Promise<void>> = {
  async 'registers, logs in, sends a message and logs out'(api) {
    const { client, credentials } = newUser(api);
    await client.users.register(credentials);
    await expect(client.users.me()).rejects.toMatchObject({ code: 'unauthenticated' });
    await client.users.login(credentials);
    expect(await client.users.me()).toMatchObject({ email: credentials.email });
    api.reply({ deltas: ['Hello', ' Ada!'] });
    const { user_message, bot_response } = await client.messages.send(MESSAGE);
    expect(bot_response).toMatchObject({ content: 'Hello Ada!', reply_to: user_message.id_message });
    await client.users.logout();
    await expect(client.messages.list()).rejects.toMatchObject({ code: 'unauthenticated' });
  },

  async 'refreshes a session for days until it ends'(api) {
    const ended: unknown[] = [];
    const { client } = await loggedIn(api, { onSessionEnd: ({ code }) => ended.push(code) });
    for (let day = 0; day < 3; day += 1) {
      api.passes(24 * HOUR_MS);
      const calls = [client.users.me(), client.messages.list(), client.users.usage()];
      await Promise.all(calls);
    }
    api.passes(30 * 24 * HOUR_MS);
    await expect(client.users.me()).rejects.toMatchObject({ code: 'session-expired' });
    expect(ended).toEqual(['session-expired']);
  },

  async 'streams a reply from the start and from the middle'(api) {
    const { client } = await loggedIn(api);
    api.reply({ deltas: ['Good', ' day', ' 👋🏽'], delayMs: 20 });
    const stream = client.messages.stream(MESSAGE);
    const types: string[] = [];
    let text = '';
    for await (const event of stream) {
      if (event.type === 'reply-delta') text += event.delta;
      else types.push(event.type);
    }
    const reply = await stream.finalMessage();
    expect([text, reply.content, reply.status]).toEqual(['Good day 👋🏽', 'Good day 👋🏽', 'completed']);
    expect(types).toEqual(['message-created', 'reply-started', 'reply-completed']);
    const resumed = client.messages.resume(reply.id_message, { lastEventId: '1-4' });
    let rest = '';
    for await (const event of resumed) if (event.type === 'reply-delta') rest += event.delta;
    expect(rest).toBe(' day 👋🏽');
  },

  async 'detaches from a reply, resumes it and cancels it'(api) {
    const { client } = await loggedIn(api);
    api.reply({ deltas: ['Good', ' day'], end: 'never' });
    let id = '';
    for await (const event of client.messages.stream(MESSAGE)) {
      if (event.type === 'reply-started') id = event.bot_response.id_message;
      if (event.type === 'reply-delta') break;
    }
    await expect(client.messages.send(MESSAGE, { maxRetries: 0 })).rejects.toMatchObject({
      code: 'reply-in-progress',
    });
    const stream = client.messages.resume(id);
    for await (const event of stream) if (event.type === 'reply-delta') void stream.cancel();
    expect(await stream.finalMessage()).toMatchObject({ status: 'cancelled' });
  },

  async 'repeats a send without storing it twice'(api) {
    const { client } = await loggedIn(api);
    const options = { idempotencyKey: 'canary-key', maxRetries: 0 };
    api.reply({ deltas: ['Hel'], end: 'failed' });
    await expect(client.messages.send(MESSAGE, options)).rejects.toMatchObject({ code: 'bot-unavailable' });
    api.reply({ deltas: ['Hello'] });
    const first = await client.messages.send(MESSAGE, options);
    expect(await client.messages.send(MESSAGE, options)).toEqual(first);
    const other = client.messages.send({ content: 'canary other' }, options);
    await expect(other).rejects.toMatchObject({ status: 422, code: 'idempotency-key-reused' });
    expect((await client.messages.list()).messages).toEqual([first.bot_response, first.user_message]);
  },

  async 'edits a message at its current version, regenerates its reply and deletes it'(api) {
    const { client } = await loggedIn(api);
    const { user_message, bot_response } = await client.messages.send(MESSAGE);
    const { id_message } = user_message;
    await client.messages.edit(id_message, { content: 'canary two' }, { ifMatch: '"1"' });
    const late = client.messages.edit(id_message, { content: 'canary three' }, { ifMatch: '"1"' });
    await expect(late).rejects.toMatchObject({ status: 412, code: 'message-changed' });
    api.reply({ deltas: ['Again'] });
    await client.messages.edit(id_message, { content: 'canary four', regenerate: true });
    expect(await client.messages.resume(bot_response.id_message).text()).toBe('Again');
    await client.messages.rate(bot_response.id_message, { rating: 'down', note: 'canary' });
    await client.messages.delete(id_message);
    expect((await client.messages.list()).messages).toEqual([]);
  },

  async 'separates conversations, and lists their messages page by page'(api) {
    const { client } = await loggedIn(api);
    const { id_conversation } = await client.conversations.create();
    const contents = ['canary one', 'canary two', 'canary three'];
    for (const content of contents) await client.messages.send({ content }, { id_conversation });
    expect((await client.messages.list()).messages).toEqual([]);
    expect(await client.conversations.get(id_conversation)).toMatchObject({ title: 'canary one' });
    const read: string[] = [];
    let cursor: string | undefined;
    do {
      const at = cursor === undefined ? {} : { cursor };
      const page = await client.messages.list({ id_conversation, limit: 4, order: 'asc', ...at });
      read.push(...page.messages.filter(({ is_bot }) => !is_bot).map(({ content }) => content));
      cursor = page.next_cursor;
    } while (cursor);
    expect(read).toEqual(contents);
    await client.conversations.delete(id_conversation);
    const gone = client.messages.list({ id_conversation });
    await expect(gone).rejects.toMatchObject({ code: 'conversation-not-found' });
  },

  async 'lists conversations by last activity, page by page, while a message is sent'(api) {
    const { client } = await loggedIn(api);
    const ids: string[] = [];
    for (let count = 0; count < 5; count += 1) ids.unshift((await client.conversations.create()).id_conversation);
    const oldest = String(ids.pop());
    api.passes(1000);
    const listed: string[] = [];
    for await (const { id_conversation } of client.conversations.list({ limit: 2 })) {
      listed.push(id_conversation);
      if (listed.length === 1) await client.messages.send(MESSAGE, { id_conversation: oldest });
    }
    expect(listed).toEqual(ids);
    const all = await client.conversations.list({ limit: 2 }).toArray();
    expect(all.map(({ id_conversation }) => id_conversation)).toEqual([oldest, ...ids]);
  },

  async 'exports all data and deletes the account'(api) {
    const { client, credentials } = await loggedIn(api);
    await client.messages.send(MESSAGE);
    const items: ExportedItem[] = [];
    for await (const item of client.users.export()) items.push(item);
    expect(items.map((item) => Object.keys(item)[0])).toEqual(['user', 'message', 'message', 'end']);
    await client.users.delete();
    await expect(client.users.login(credentials)).rejects.toMatchObject({ code: 'invalid-credentials' });
  },
};

interface JourneyUser {
  client: Client;
  credentials: { email: string; password: string };
}

function newUser({ baseUrl, fetch }: ApiUnderTest, options: Partial<ClientOptions> = {}): JourneyUser {
  const client = createClient({ baseUrl, fetch, ...options });
  return { client, credentials: { email: `canary-${crypto.randomUUID()}@example.com`, password: 'canary-1' } };
}

async function loggedIn(api: ApiUnderTest, options?: Partial<ClientOptions>): Promise<JourneyUser> {
  const user = newUser(api, options);
  await user.client.users.register(user.credentials);
  await user.client.users.login(user.credentials);
  return user;
}
