/** The SDK's transport for the AI SDK, on the real server: `useChat` without React. */
import { type Client, createClient } from '@async-chatbot/sdk';
import { type ChatMessage, type ChatTransportOptions, createChatTransport } from '@async-chatbot/sdk/ai-sdk';
import { AbstractChat, type ChatState } from 'ai';
import { describe, expect, it } from 'vitest';
import { scriptedBot } from '../../../core/test/support/scripted-bot.ts';
import { newCredentials } from '../support/requests/client.ts';
import { turnServer } from '../support/servers/turn-server.ts';

/** A chat as a hook shows it. */
class Chat extends AbstractChat<ChatMessage> {
  texts = () => this.messages.map(({ parts }) => parts.map((part) => ('text' in part ? part.text : '')).join(''));
}

function stateOf(messages: ChatMessage[]): ChatState<ChatMessage> {
  return {
    status: 'ready',
    error: undefined,
    messages,
    pushMessage(message) {
      this.messages = [...this.messages, message];
    },
    popMessage() {
      this.messages = this.messages.slice(0, -1);
    },
    replaceMessage(index, message) {
      this.messages = this.messages.with(index, message);
    },
    snapshot: structuredClone,
  };
}

/** A user with a conversation, and a scripted bot. */
async function startChat(options?: ChatTransportOptions) {
  const { bot, nth } = scriptedBot();
  const baseUrl = await turnServer({ bot });
  const client = createClient({ baseUrl });
  const credentials = newCredentials();
  await client.users.register(credentials);
  await client.users.login(credentials);
  const { id_conversation: id } = await client.conversations.create();
  const transport = createChatTransport(client, options);
  const chatOf = (messages: ChatMessage[] = []) => new Chat({ id, transport, state: stateOf(messages) });
  return {
    id,
    nth,
    client,
    transport,
    chat: chatOf(),
    /** The chat after a page reload. */
    reloaded: async () => chatOf(await transport.loadMessages(id)),
    stored: () => storedIn(client, id),
    async reply(count: number, text: string) {
      const { emit, end } = await nth(count);
      await emit(text);
      await end();
    },
  };
}

async function storedIn(client: Client, id_conversation: string) {
  const { messages } = await client.messages.list({ id_conversation, order: 'asc' });
  return messages.map(({ content }) => content);
}

describe('the transport for the AI SDK', () => {
  it('streams, and resumes after a reload', async () => {
    const { chat, nth, reloaded, stored } = await startChat();
    const sent = chat.sendMessage({ text: 'canary' });
    const { emit, end, signal } = await nth(1);
    await emit('Hello');
    await expect.poll(chat.texts).toEqual(['canary', 'Hello']);
    await chat.stop();
    await sent;
    const after = await reloaded();
    const resumed = after.resumeStream();
    await emit(' Ada!');
    await expect.poll(after.texts).toEqual(['canary', 'Hello Ada!']);
    expect(signal.aborted).toBe(false);
    await end();
    await resumed;
    expect(after.status).toBe('ready');
    expect(await stored()).toEqual(after.texts());
    expect(chat.texts()).toEqual(['canary', 'Hello']);
  });

  it('cancels, with and without a stream', async () => {
    const { id, chat, transport, nth, reloaded } = await startChat();
    const sent = chat.sendMessage({ text: 'canary' });
    await (await nth(1)).emit('Hello');
    await expect.poll(chat.texts).toEqual(['canary', 'Hello']);
    expect(await transport.cancel(id)).toMatchObject({ status: 'cancelled', content: 'Hello' });
    await sent;
    expect(chat.lastMessage?.metadata?.status).toBe('cancelled');

    const regenerated = chat.regenerate();
    await (await nth(2)).emit('Again');
    await expect.poll(chat.texts).toEqual(['canary', 'Again']);
    await chat.stop();
    await regenerated;
    expect(await transport.cancel(id)).toMatchObject({ status: 'cancelled', content: 'Again' });
    expect((await reloaded()).lastMessage?.metadata?.status).toBe('cancelled');
  });

  it('edits and regenerates, also while a reply is in progress', async () => {
    const { chat, nth, reply, stored } = await startChat();
    const sent = chat.sendMessage({ text: 'canary one' });
    await reply(1, 'reply one');
    await sent;
    const again = chat.sendMessage({ text: 'canary two' });
    await (await nth(2)).emit('Once upon a time');
    await expect.poll(chat.texts).toEqual(['canary one', 'reply one', 'canary two', 'Once upon a time']);
    await chat.stop();
    await again;

    const regenerated = chat.regenerate();
    await reply(3, 'reply two');
    await regenerated;
    expect(chat.error).toBeUndefined();
    expect(chat.texts()).toEqual(['canary one', 'reply one', 'canary two', 'reply two']);

    const third = chat.sendMessage({ text: 'canary three' });
    await (await nth(4)).emit('Once upon a time');
    await expect.poll(chat.texts).toHaveLength(6);
    await chat.stop();
    await third;
    const edited = chat.sendMessage({ text: 'canary, edited', messageId: `${chat.messages[0]?.id}` });
    await reply(5, 'another reply');
    await edited;
    expect(chat.error).toBeUndefined();
    expect(chat.texts()).toEqual(['canary, edited', 'another reply']);
    expect(await stored()).toEqual(chat.texts());
  });

  it('edits a message of the history', async () => {
    const { chat, reply, reloaded, stored } = await startChat();
    for (const [index, text] of ['canary one', 'canary two'].entries()) {
      const sent = chat.sendMessage({ text });
      await reply(index + 1, `reply to ${text}`);
      await sent;
    }
    const after = await reloaded();
    expect(after.texts()).toEqual(chat.texts());
    const edited = after.sendMessage({ text: 'canary, edited', messageId: `${after.messages[0]?.id}` });
    await reply(3, 'another reply');
    await edited;
    expect(after.texts()).toEqual(['canary, edited', 'another reply']);
    expect(await stored()).toEqual(after.texts());
  });

  it('reports why the bot failed, and regenerates', async () => {
    const { chat, nth, reply, stored } = await startChat();
    const sent = chat.sendMessage({ text: 'canary' });
    await (await nth(1)).fail();
    await sent;
    expect(chat.status).toBe('error');
    expect(chat.error).toMatchObject({ name: 'ApiError', code: 'bot-unavailable' });
    const again = chat.regenerate();
    await reply(2, 'Hello Ada!');
    await again;
    expect(chat.texts()).toEqual(['canary', 'Hello Ada!']);
    expect(await stored()).toEqual(chat.texts());
  });

  it('reports an unknown conversation', async () => {
    const { chat, client, id } = await startChat();
    await client.conversations.delete(id);
    await chat.sendMessage({ text: 'canary' });
    expect(chat.error).toMatchObject({ name: 'ApiError', code: 'conversation-not-found' });
  });

  it('uses the default conversation', async () => {
    const { chat, client, reply } = await startChat({ conversationOf: () => undefined });
    const sent = chat.sendMessage({ text: 'canary' });
    await reply(1, 'Hello Ada!');
    await sent;
    expect((await client.messages.list()).messages).toHaveLength(2);
  });
});
