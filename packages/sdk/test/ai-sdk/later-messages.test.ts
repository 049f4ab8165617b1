// @vitest-environment jsdom
/** `useChat` drops the messages after an edit or a regeneration, and the transport deletes them on the server. */
import { describe, expect, it } from 'vitest';
import { createClient, type ProblemCode } from '../../src/index.ts';
import { conversation } from '../support/conversation.ts';
import { CREDENTIALS } from '../support/mock-session.ts';
import { hooks, mountedChat } from '../support/mounted-chat.ts';

const TURNS = ['canary one', 'reply one', 'canary two', 'reply two'];
const CODES: readonly ProblemCode[] = ['quota-exceeded', 'service-unavailable'];

describe.each(hooks)('useChat of AI SDK %i', (_, useChat) => {
  /** A page that has sent one turn, and functions that send more turns from it or from another client. */
  async function firstTurn() {
    const chat = await conversation();
    const page = await mountedChat(useChat, { client: chat.client, id: chat.id });
    const shown: string[] = [];
    async function send(text: string, reply: string) {
      chat.server.reply(reply);
      await page.chat.sendMessage({ text });
      shown.push(text, reply);
      await page.shows(...shown);
    }
    async function sendFromOtherClient(text: string, reply: string) {
      const other = createClient({ baseUrl: chat.server.baseUrl, fetch: chat.server.fetch });
      await other.users.login(CREDENTIALS);
      chat.server.reply(reply);
      await other.messages.send({ content: text }, { id_conversation: chat.id });
    }
    await send('canary one', 'reply one');
    const idOf = (index: number) => page.chat.messages[index]?.id ?? '';
    return { ...chat, page, send, sendFromOtherClient, idOf };
  }

  describe.each(CODES)('a rejection with %s', (problem) => {
    it.each(['regenerateReply', 'editMessage'] as const)('of %s deletes nothing', async (operation) => {
      const { server, page, send, idOf, stored, called } = await firstTurn();
      await send('canary two', 'reply two');
      server.fault(operation, { problem });
      const text = operation === 'editMessage' ? 'canary, edited' : 'canary one';
      const messageId = idOf(0);
      if (operation === 'editMessage') await page.chat.sendMessage({ text, messageId });
      else await page.chat.regenerate({ messageId });
      expect(await page.error()).toMatchObject({ code: problem });
      expect(await stored()).toEqual(TURNS);
      expect(called()).not.toContain('deleteMessage');

      server.reply('another reply');
      await page.chat.regenerate();
      await page.shows(text, 'another reply');
      expect(await stored()).toEqual([text, 'another reply']);
    });
  });

  it('keeps a turn that the page never showed', async () => {
    const { server, page, sendFromOtherClient, stored } = await firstTurn();
    await sendFromOtherClient('canary two', 'reply two');
    server.reply('another reply');
    await page.chat.regenerate();
    await page.shows('canary one', 'another reply');
    expect(await stored()).toEqual(['canary one', 'another reply', 'canary two', 'reply two']);
  });

  it('deletes only messages that the page showed', async () => {
    const { server, page, send, sendFromOtherClient, idOf, stored } = await firstTurn();
    await sendFromOtherClient('canary elsewhere', 'reply elsewhere');
    await send('canary two', 'reply two');
    server.reply('another reply');
    await page.chat.sendMessage({ text: 'canary, edited', messageId: idOf(0) });
    await page.shows('canary, edited', 'another reply');
    expect(await stored()).toEqual(['canary, edited', 'another reply', 'canary elsewhere', 'reply elsewhere']);
  });

  it('neither deletes nor cancels a reply in progress that the page never showed', async () => {
    const { server, client, id, page, stored, called } = await firstTurn();
    server.reply({ deltas: ['Once upon a time'], end: 'never' });
    for await (const event of client.messages.stream({ content: 'canary two' }, { id_conversation: id }))
      if (event.type === 'reply-delta') break;
    await page.chat.regenerate();
    expect(await page.error()).toMatchObject({ code: 'reply-in-progress' });
    expect(await stored()).toEqual(['canary one', 'reply one', 'canary two', 'Once upon a time']);
    expect(called()).not.toContain('cancelReply');
  });

  it('cancels and keeps a later reply in progress with `keepLaterMessages`', async () => {
    const { server, client, id, stored } = await conversation();
    const page = await mountedChat(useChat, { client, id, options: { keepLaterMessages: true } });
    server.reply('reply one');
    await page.chat.sendMessage({ text: 'canary one' });
    await page.shows('canary one', 'reply one');
    server.reply({ deltas: ['Once upon a time'], end: 'never' });
    void page.chat.sendMessage({ text: 'canary two' });
    await page.shows('canary one', 'reply one', 'canary two', 'Once upon a time');
    await page.chat.stop();
    server.reply('another reply');
    await page.chat.regenerate({ messageId: page.chat.messages[0]?.id ?? '' });
    await page.shows('canary one', 'another reply');
    expect(await stored()).toEqual(['canary one', 'another reply', 'canary two', 'Once upon a time']);
  });
});
