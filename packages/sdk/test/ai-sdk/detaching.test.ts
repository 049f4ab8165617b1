// @vitest-environment jsdom
/** `useChat` calls `stop()` when it unmounts. This must neither stop the bot nor lose a message. */
import { describe, expect, it, vi } from 'vitest';
import type { Middleware } from '../../src/index.ts';
import { conversation } from '../support/conversation.ts';
import { hooks, mountedChat } from '../support/mounted-chat.ts';

describe.each(hooks)('detaching in useChat of AI SDK %i', (version, useChat) => {
  it.each(['unmount', 'stop'] as const)('with %s lets the bot finish', async (way) => {
    const { server, client, id, stored, called } = await conversation();
    server.reply({ deltas: ['Hello', ' Ada', '!'], delayMs: 80 });
    const page = await mountedChat(useChat, { client, id });
    const sent = page.chat.sendMessage({ text: 'canary' });
    await page.shows('canary', 'Hello');
    await (way === 'stop' ? page.chat.stop() : page.unmount());
    // Version 6 does not abort the request when it unmounts.
    if (version === 7 || way === 'stop') {
      await sent;
      expect(page.ends).toMatchObject([{ isAbort: true }]);
    }
    await vi.waitFor(async () => expect(await stored()).toEqual(['canary', 'Hello Ada!']));
    expect(called()).not.toContain('cancelReply');
  });

  it('immediately after a send still sends the message', async () => {
    const { server, client, id, stored } = await conversation();
    server.fault('sendMessage', { delayMs: 50 });
    const page = await mountedChat(useChat, { client, id });
    const sent = page.chat.sendMessage({ text: 'canary' });
    await page.is('submitted');
    await page.chat.stop();
    await sent;
    expect(await stored()).toEqual([]);
    await vi.waitFor(async () => expect(await stored()).toEqual(['canary', 'Hello! How can I help you today?']));
  });

  it('closes the connection once the message is stored, and the reply can be cancelled later', async () => {
    const connections: AbortSignal[] = [];
    const record: Middleware = (request, next) => {
      connections.push(request.signal);
      return next(request);
    };
    const { server, client, id } = await conversation({ middleware: [record] });
    server.reply({ deltas: ['Hello'], end: 'never' });
    const page = await mountedChat(useChat, { client, id });
    for (const start of [() => page.chat.sendMessage({ text: 'canary' }), () => page.chat.resumeStream()]) {
      void start();
      await page.is('streaming');
      await page.shows('canary', 'Hello');
      expect(connections.at(-1)?.aborted).toBe(false);
      await page.chat.stop();
      await vi.waitFor(() => expect(connections.at(-1)?.aborted).toBe(true));
      await page.is('ready');
    }
    expect(await page.transport.cancel(id)).toMatchObject({ status: 'cancelled', content: 'Hello' });
  });

  it('lets a regenerated older reply be resumed and cancelled', async () => {
    const { server, client, id, stored } = await conversation();
    const options = { keepLaterMessages: true };
    const page = await mountedChat(useChat, { client, id, options });
    for (const text of ['canary one', 'canary two']) await page.chat.sendMessage({ text });
    await vi.waitFor(() => expect(page.chat.messages).toHaveLength(4));
    server.reply({ deltas: ['Once upon a time'], end: 'never' });
    void page.chat.regenerate({ messageId: page.chat.messages[0]?.id ?? '' });
    for (const start of [() => undefined, () => page.chat.resumeStream()]) {
      void start();
      await page.is('streaming');
      await page.shows('canary one', 'Once upon a time');
      await page.chat.stop();
      await page.is('ready');
    }
    // A page that loads the history shows the later messages again, so there is no reply to resume at its end.
    const messages = await page.transport.loadMessages(id);
    expect(await page.transport.reconnectToStream({ chatId: id })).toBeNull();
    expect(messages).toHaveLength(4);
    expect(await page.transport.cancel(id)).toMatchObject({ status: 'cancelled', content: 'Once upon a time' });
    expect((await stored()).slice(0, 3)).toEqual(['canary one', 'Once upon a time', 'canary two']);
    expect(await page.transport.cancel(id)).toBeUndefined();
  });

  it('lets an older reply be cancelled, however many messages follow it', async () => {
    const { server, client, id } = await conversation();
    const page = await mountedChat(useChat, { client, id, options: { keepLaterMessages: true } });
    await page.chat.sendMessage({ text: 'canary' });
    for (let turn = 0; turn < 51; turn += 1) await client.messages.send({ content: 'canary' }, { id_conversation: id });
    server.reply({ deltas: ['Once upon a time'], end: 'never' });
    void page.chat.regenerate();
    await page.shows('canary', 'Once upon a time');
    await page.chat.stop();
    await page.is('ready');
    expect(await page.transport.cancel(id)).toMatchObject({ status: 'cancelled' });
  });

  it('lets `resumeStream` stream the reply from its start', async () => {
    const { server, client, id } = await conversation();
    server.reply({ deltas: ['Hello', ' Ada', '!'], delayMs: 80 });
    const page = await mountedChat(useChat, { client, id });
    void page.chat.sendMessage({ text: 'canary' });
    await page.shows('canary', 'Hello');
    await page.chat.stop();
    expect(page.transport.resumeStreamIsReplay).toBe(true);
    await page.chat.resumeStream();
    await page.shows('canary', 'Hello Ada!');
    await page.chat.resumeStream();
    await page.shows('canary', 'Hello Ada!');
    await page.is('ready');
  });

  it.each([false, true])(
    'lets a reload load the history and resume the reply once (StrictMode: %s)',
    async (isStrict) => {
      const { server, client, id, stored } = await conversation();
      server.reply({ deltas: ['Hello', ' Ada', '!'], delayMs: 150 });
      for await (const event of client.messages.stream({ content: 'canary' }, { id_conversation: id }))
        if (event.type === 'reply-delta') break;
      const { transport } = await mountedChat(useChat, { client, id });
      const messages = await transport.loadMessages(id);
      expect(messages.map(({ role, parts, metadata }) => [role, parts, metadata?.status])).toEqual([
        ['user', [{ type: 'text', text: 'canary' }], undefined],
        ['assistant', [{ type: 'text', text: 'Hello', state: 'streaming' }], 'streaming'],
      ]);

      const page = await mountedChat(useChat, { client, id, messages, resume: true, isStrict });
      await page.shows('canary', 'Hello Ada!');
      await page.is('ready');
      await page.shows(...(await stored()));
      expect(page.chat.error).toBeUndefined();
      expect(page.chat.messages[1]?.metadata?.status).toBe('completed');
    },
  );

  it('lets a reload do nothing when no reply is in progress', async () => {
    const { client, id, called } = await conversation();
    await client.messages.send({ content: 'canary' }, { id_conversation: id });
    const page = await mountedChat(useChat, { client, id, resume: true, isStrict: true });
    await vi.waitFor(() => expect(called()).toContain('listMessages'));
    await page.is('ready');
    expect(page.chat.messages).toEqual([]);
    expect(called()).not.toContain('resumeReply');
  });
});
