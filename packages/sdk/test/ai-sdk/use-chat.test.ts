// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import { conversation } from '../support/conversation.ts';
import { hooks, mountedChat } from '../support/mounted-chat.ts';

describe.each(hooks)('useChat of AI SDK %i', (version, useChat) => {
  it('streams a reply and exposes its id and metadata', async () => {
    const { server, client, id, stored } = await conversation();
    server.reply({ deltas: ['Hello', ' Ada!'], delayMs: 100 });
    const page = await mountedChat(useChat, { client, id });
    const sent = page.chat.sendMessage({ parts: [text('canary'), text(' one')] });
    await page.is('submitted');
    await page.shows('canary one', 'Hello');
    await page.is('streaming');
    await sent;

    await page.is('ready');
    await page.shows(...(await stored()));
    const [user, reply] = (await client.messages.list({ id_conversation: id, order: 'asc' })).messages;
    const { content, ...metadata } = reply ?? {};
    expect(page.chat.messages[1]).toMatchObject({ id: reply?.id_message, role: 'assistant', metadata });
    expect(page.chat.messages[1]?.metadata).toMatchObject({ status: 'completed', reply_to: user?.id_message });
    expect(page.ends).toMatchObject([{ finishReason: 'stop', isAbort: false, isError: false }]);
  });

  it('discards the text of an interrupted generation, if the version supports it', async () => {
    const { server, client, id } = await conversation({});
    server.reply({ deltas: ['This is'], end: 'interrupted' });
    server.reply('Hello', ' Ada!');
    const page = await mountedChat(useChat, { client, id });
    await page.chat.sendMessage({ text: 'canary' });
    await page.shows('canary', version === 6 ? 'This isHello Ada!' : 'Hello Ada!');
    await page.is('ready');
  });

  it('ends with the reply so far and its status when the reply is cancelled', async () => {
    const { server, client, id, stored } = await conversation();
    server.reply({ deltas: ['Once upon a time'], end: 'never' });
    const page = await mountedChat(useChat, { client, id });
    const sent = page.chat.sendMessage({ text: 'canary' });
    await page.shows('canary', 'Once upon a time');
    expect(await page.transport.cancel(id)).toMatchObject({ status: 'cancelled', content: 'Once upon a time' });
    await sent;
    await page.is('ready');
    await page.is('ready');
    expect(page.chat.messages[1]?.metadata?.status).toBe('cancelled');
    expect(page.ends).toMatchObject([{ finishReason: 'other', isError: false }]);
    expect(await stored()).toEqual(['canary', 'Once upon a time']);
    expect(await page.transport.cancel(id)).toBeUndefined();
  });

  it('cancels a reply before the server has acknowledged the message', async () => {
    const { server, client, id } = await conversation();
    server.fault('sendMessage', { delayMs: 50 });
    server.reply({ deltas: [], end: 'never' });
    const page = await mountedChat(useChat, { client, id });
    const sent = page.chat.sendMessage({ text: 'canary' });
    await page.is('submitted');
    expect(await page.transport.cancel(id)).toMatchObject({ status: 'cancelled' });
    await sent;
    await page.is('ready');
    expect(page.chat.messages).toHaveLength(2);
  });

  it('rejects messages that the API does not support without sending them', async () => {
    const { client, id, called } = await conversation();
    const page = await mountedChat(useChat, { client, id });
    const file = { type: 'file' as const, mediaType: 'image/png', url: 'data:,canary' };
    await page.chat.sendMessage({ text: 'canary', files: [file] });
    await vi.waitFor(() =>
      expect(page.chat.error?.message).toBe('Only text can be sent. Remove the part of type "file".'),
    );
    page.chat.setMessages([{ id: 'canary', role: 'assistant', parts: [] }]);
    await page.chat.sendMessage();
    await vi.waitFor(() => expect(page.chat.error?.message).toBe('The last message must be a user message.'));
    expect(called()).toEqual([]);
  });

  it('sends headers, and uses the conversation that `conversationOf` returns', async () => {
    const { server, client, id } = await conversation();
    const conversationOf = vi.fn(() => undefined);
    const page = await mountedChat(useChat, { client, id: 'canary', options: { conversationOf } });
    server.reply({ deltas: [], end: 'never' });
    const sent = page.chat.sendMessage({ text: 'canary' }, { headers: { 'X-Canary': '1' } });
    await vi.waitFor(() => expect(page.chat.messages).toHaveLength(2));
    expect(server.requests.at(-1)).toMatchObject({ path: '/messages', headers: { 'x-canary': '1' } });
    await page.transport.cancel('canary');
    await sent;
    expect(await page.transport.loadMessages('canary')).toHaveLength(2);
    expect(await page.transport.cancel('canary')).toBeUndefined();
    expect((await client.messages.list({ id_conversation: id })).messages).toEqual([]);
    expect(new Set(conversationOf.mock.calls.flat())).toEqual(new Set(['canary']));
  });
});

const text = (value: string) => ({ type: 'text' as const, text: value });
