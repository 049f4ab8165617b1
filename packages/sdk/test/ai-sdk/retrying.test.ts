// @vitest-environment jsdom
/** After an error, pages of the AI SDK retry with `regenerate()`. */
import { describe, expect, it } from 'vitest';
import { ConnectionError } from '../../src/index.ts';
import { conversation } from '../support/conversation.ts';
import { hooks, mountedChat } from '../support/mounted-chat.ts';

describe.each(hooks)('a retry in useChat of AI SDK %i', (_, useChat) => {
  it.each(['refused', 'reset'] as const)(
    'of a send whose connection was %s has the same idempotency key',
    async (connection) => {
      const { server, client, id, stored } = await conversation();
      server.fault('sendMessage', { connection });
      server.reply('Hello Ada!');
      const page = await mountedChat(useChat, { client, id });
      await page.chat.sendMessage({ text: 'canary' });
      expect(await page.error()).toBeInstanceOf(ConnectionError);
      await page.chat.regenerate();
      await page.shows('canary', 'Hello Ada!');
      await page.is('ready');
      expect(await stored()).toEqual(['canary', 'Hello Ada!']);
      const keys = server.requests.map(({ headers }) => headers['idempotency-key']).filter((key) => key !== undefined);
      expect(keys).toEqual([page.chat.messages[0]?.id, page.chat.messages[0]?.id]);
    },
  );

  it.each(['refused', 'reset'] as const)(
    'with another text, after a connection was %s, stores one message',
    async (connection) => {
      const { server, client, id, stored } = await conversation();
      server.fault('sendMessage', { connection });
      server.reply('Hello Ada!');
      const page = await mountedChat(useChat, { client, id });
      await page.chat.sendMessage({ text: 'canary' });
      await page.error();
      server.reply('Hello Ada!');
      await page.chat.sendMessage({ text: 'canary, edited', messageId: page.chat.messages[0]?.id ?? '' });
      await page.shows('canary, edited', 'Hello Ada!');
      expect(await stored()).toEqual(['canary, edited', 'Hello Ada!']);
    },
  );

  it.each([
    ['the first', 'reset', 'refused'],
    ['the second', 'refused', 'reset'],
    ['neither', 'refused', 'refused'],
  ] as const)('with a third text, after %s of two sends arrived, stores one message', async (_which, first, second) => {
    const { server, client, id, stored } = await conversation();
    const page = await mountedChat(useChat, { client, id });
    server.fault('sendMessage', { connection: first });
    await page.chat.sendMessage({ text: 'canary' });
    await page.error();
    const messageId = page.chat.messages[0]?.id ?? '';
    server.fault('sendMessage', { connection: second });
    await page.chat.sendMessage({ text: 'canary, edited', messageId });
    await page.is('error');
    await page.chat.sendMessage({ text: 'canary, edited again', messageId });
    await page.is('ready');
    expect((await stored())[0]).toBe('canary, edited again');
    expect(await stored()).toHaveLength(2);
    await page.shows(...(await stored()));
  });

  it('of a send that the API rejected sends the message', async () => {
    const { server, client, id, stored } = await conversation();
    server.fault('sendMessage', { problem: 'too-many-requests' });
    server.reply('Hello Ada!');
    const page = await mountedChat(useChat, { client, id });
    await page.chat.sendMessage({ text: 'canary' });
    await page.error();
    await page.chat.regenerate();
    await page.shows('canary', 'Hello Ada!');
    expect(await stored()).toEqual(['canary', 'Hello Ada!']);
  });

  it('after a lost stream resumes the reply without another generation', async () => {
    const { server, client, id, called } = await conversation();
    server.reply({ deltas: ['Hello', ' Ada!'], cutAfterDeltas: 1 });
    const page = await mountedChat(useChat, { client, id });
    await page.chat.sendMessage({ text: 'canary' });
    expect(await page.error()).toBeInstanceOf(ConnectionError);
    await page.chat.regenerate();
    await page.shows('canary', 'Hello Ada!');
    expect(called()).not.toContain('regenerateReply');
    server.reply('Hello again!');
    await page.chat.regenerate();
    await page.shows('canary', 'Hello again!');
  });

  it('after a lost resumed stream resumes the reply again', async () => {
    const { server, client, id, called } = await conversation();
    server.reply({ deltas: ['Hello', ' Ada!'], cutAfterDeltas: 1, delayMs: 50 });
    for await (const _ of client.messages.stream({ content: 'canary' }, { id_conversation: id })) break;
    const { transport } = await mountedChat(useChat, { client, id });
    const messages = await transport.loadMessages(id);
    const page = await mountedChat(useChat, { client, id, messages, resume: true });
    expect(await page.error()).toBeInstanceOf(ConnectionError);
    await page.chat.regenerate();
    await page.shows('canary', 'Hello Ada!');
    expect(called()).not.toContain('regenerateReply');
  });

  it('of a regeneration that did not arrive starts a generation', async () => {
    const { server, client, id, stored } = await conversation();
    server.reply('Hello Ada!');
    const page = await mountedChat(useChat, { client, id });
    await page.chat.sendMessage({ text: 'canary' });
    await page.shows('canary', 'Hello Ada!');
    server.fault('regenerateReply', { connection: 'refused' });
    server.reply('Hello again!');
    await page.chat.regenerate();
    expect(await page.error()).toBeInstanceOf(ConnectionError);
    await page.chat.regenerate();
    await page.shows('canary', 'Hello again!');
    expect(await stored()).toEqual(['canary', 'Hello again!']);
  });

  it('after a failed reply starts another generation', async () => {
    const { server, client, id, stored } = await conversation();
    server.reply({ deltas: ['Hel'], end: 'failed' });
    server.reply('Hello Ada!');
    const page = await mountedChat(useChat, { client, id });
    await page.chat.sendMessage({ text: 'canary' });
    await page.error();
    await page.shows('canary', 'Hel');
    expect(page.chat.messages[1]).toMatchObject({ metadata: { status: 'failed' }, parts: [{}, { state: 'done' }] });
    await page.chat.regenerate();
    await page.shows('canary', 'Hello Ada!');
    expect(await stored()).toEqual(['canary', 'Hello Ada!']);
  });

  it('after stop() replaces the reply in progress', async () => {
    const { server, client, id, stored, called } = await conversation();
    server.reply({ deltas: ['Once upon a time'], end: 'never' });
    const page = await mountedChat(useChat, { client, id });
    void page.chat.sendMessage({ text: 'canary' });
    await page.shows('canary', 'Once upon a time');
    await page.chat.stop();
    server.reply('Hello Ada!');
    await page.chat.regenerate();
    await page.shows('canary', 'Hello Ada!');
    expect(await stored()).toEqual(['canary', 'Hello Ada!']);
    expect(called()).toContain('cancelReply');
  });
});
