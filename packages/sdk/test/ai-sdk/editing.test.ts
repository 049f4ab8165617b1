// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { createClient } from '../../src/index.ts';
import { conversation } from '../support/conversation.ts';
import { CREDENTIALS } from '../support/mock-session.ts';
import { hooks, mountedChat } from '../support/mounted-chat.ts';

/** The reply of the mock server without a script. */
const GREETING = 'Hello! How can I help you today?';

/** A conversation of two turns. */
async function twoTurns() {
  const chat = await conversation();
  for (const turn of ['one', 'two']) {
    chat.server.reply(`reply ${turn}`);
    await chat.client.messages.send({ content: `canary ${turn}` }, { id_conversation: chat.id });
  }
  chat.server.reply('another reply');
  return chat;
}

describe.each(hooks)('useChat of AI SDK %i', (_, useChat) => {
  it('edits a message repeatedly by the id that the hook generated', async () => {
    const { server, client, id, stored } = await conversation();
    const page = await mountedChat(useChat, { client, id });
    await page.chat.sendMessage({ text: 'canary' });
    await page.shows('canary', GREETING);
    const messageId = page.chat.messages[0]?.id ?? '';
    for (const text of ['canary, edited', 'canary, edited again']) {
      server.reply('Hello Ada!');
      await page.chat.sendMessage({ text, messageId });
      await page.shows(text, 'Hello Ada!');
      expect(await stored()).toEqual([text, 'Hello Ada!']);
    }
    const [edited] = (await client.messages.list({ id_conversation: id, order: 'asc' })).messages;
    expect(edited).toHaveProperty('edited_at');
  });

  it('edits a text that the page has changed before it regenerates the reply', async () => {
    const { server, client, id, stored } = await conversation();
    const page = await mountedChat(useChat, { client, id });
    await page.chat.sendMessage({ text: 'canary' });
    await page.shows('canary', GREETING);
    server.reply('Hello Ada!');
    page.chat.setMessages(([message]) => (message ? [{ ...message, parts: [{ type: 'text', text: 'changed' }] }] : []));
    await page.chat.regenerate();
    await page.shows('changed', 'Hello Ada!');
    expect(await stored()).toEqual(['changed', 'Hello Ada!']);
  });

  it.each(['of the reply', 'of the message', 'omitted'])('regenerates a reply (id: %s)', async (which) => {
    const { server, client, id, stored, called } = await conversation();
    const page = await mountedChat(useChat, { client, id });
    await page.chat.sendMessage({ text: 'canary' });
    await page.shows('canary', GREETING);
    const [userMessageId, reply] = page.chat.messages.map((message) => message.id);
    const messageId = { 'of the reply': reply, 'of the message': userMessageId }[which];
    server.reply('Hello Ada!');
    await page.chat.regenerate(messageId === undefined ? {} : { messageId });
    await page.shows('canary', 'Hello Ada!');
    expect(await stored()).toEqual(['canary', 'Hello Ada!']);
    expect(called()).toContain('regenerateReply');
  });

  it.each(['edited', 'regenerated'])('deletes the later messages when a message of the history is %s', async (how) => {
    const { client, id, stored } = await twoTurns();
    const { transport } = await mountedChat(useChat, { client, id });
    const page = await mountedChat(useChat, { client, id, messages: await transport.loadMessages(id) });
    const [userMessageId, reply] = page.chat.messages.map((message) => message.id);
    if (how === 'edited') await page.chat.sendMessage({ text: 'canary, edited', messageId: userMessageId ?? '' });
    else await page.chat.regenerate({ messageId: reply ?? '' });
    const texts = [how === 'edited' ? 'canary, edited' : 'canary one', 'another reply'];
    await page.shows(...texts);
    expect(await stored()).toEqual(texts);
  });

  it('ignores a later message that is already deleted', async () => {
    const { server, client, id } = await twoTurns();
    const { transport } = await mountedChat(useChat, { client, id });
    const page = await mountedChat(useChat, { client, id, messages: await transport.loadMessages(id) });
    server.fault('deleteMessage', { problem: 'message-not-found' });
    await page.chat.regenerate({ messageId: page.chat.messages[0]?.id ?? '' });
    await page.shows('canary one', 'another reply');
  });

  it('keeps the later messages with `keepLaterMessages`', async () => {
    const { client, id, stored } = await twoTurns();
    const options = { keepLaterMessages: true };
    const { transport } = await mountedChat(useChat, { client, id });
    const page = await mountedChat(useChat, { client, id, options, messages: await transport.loadMessages(id) });
    await page.chat.regenerate({ messageId: page.chat.messages[0]?.id ?? '' });
    await page.shows('canary one', 'another reply');
    expect(await stored()).toEqual(['canary one', 'another reply', 'canary two', 'reply two']);
  });

  it('edits a message while the reply to a later one is in progress', async () => {
    const { server, client, id, stored } = await conversation();
    const page = await mountedChat(useChat, { client, id });
    await page.chat.sendMessage({ text: 'canary one' });
    server.reply({ deltas: ['Once upon a time'], end: 'never' });
    void page.chat.sendMessage({ text: 'canary two' });
    await page.shows('canary one', GREETING, 'canary two', 'Once upon a time');
    await page.chat.stop();
    server.reply('another reply');
    await page.chat.sendMessage({ text: 'canary, edited', messageId: page.chat.messages[0]?.id ?? '' });
    await page.shows('canary, edited', 'another reply');
    expect(await stored()).toEqual(['canary, edited', 'another reply']);
  });

  it('does not store a message twice if another client has sent it', async () => {
    const { server, client, id, stored } = await conversation();
    const first = await mountedChat(useChat, { client, id });
    await first.chat.sendMessage({ text: 'canary' });
    await first.shows('canary', GREETING);
    const other = createClient({ baseUrl: server.baseUrl, fetch: server.fetch });
    await other.users.login(CREDENTIALS);
    const page = await mountedChat(useChat, { client: other, id, messages: first.chat.messages.slice(0, 1) });
    await page.chat.regenerate();
    await page.shows(...(await stored()));
    expect(await stored()).toHaveLength(2);
  });

  it('sends a message again if another client has deleted it', async () => {
    const { server, client, id, stored } = await twoTurns();
    const { transport } = await mountedChat(useChat, { client, id });
    const page = await mountedChat(useChat, { client, id, messages: await transport.loadMessages(id) });
    const last = page.chat.messages[2]?.id ?? '';
    await client.messages.delete(last, { id_conversation: id });
    await page.chat.regenerate();
    await page.shows('canary one', 'reply one', 'canary two', 'another reply');
    expect(await stored()).toEqual(['canary one', 'reply one', 'canary two', 'another reply']);
    server.reply('a third reply');
    await page.chat.regenerate();
    await page.shows('canary one', 'reply one', 'canary two', 'a third reply');
  });
});
