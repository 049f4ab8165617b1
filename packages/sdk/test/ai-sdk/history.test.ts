import { expect, it } from 'vitest';
import { createChatTransport, toUIMessages } from '../../src/ai-sdk/index.ts';
import { conversation } from '../support/conversation.ts';

it('loads the newest messages of a chat, oldest first, across pages', async () => {
  const { client, id, server } = await conversation();
  const contents: string[] = [];
  for (let turn = 1; turn <= 52; turn += 1) {
    server.reply(`reply ${turn}`);
    await client.messages.send({ content: `canary ${turn}` }, { id_conversation: id });
    contents.push(`canary ${turn}`, `reply ${turn}`);
  }
  const transport = createChatTransport(client);
  const texts = async (limit?: number) =>
    (await transport.loadMessages(id, { limit })).flatMap(({ parts }) =>
      parts.map((part) => 'text' in part && part.text),
    );
  expect(await texts()).toEqual(contents.slice(-100));
  expect(await texts(3)).toEqual(contents.slice(-3));
  expect(await texts(103)).toEqual(contents.slice(-103));
  const before = server.requests.length;
  expect(await texts(0)).toEqual([]);
  expect(server.requests).toHaveLength(before);
  await expect(transport.loadMessages(id, { signal: AbortSignal.abort('canary') })).rejects.toBe('canary');
});

it('converts a page of messages to messages of useChat, oldest first, with all stored fields', async () => {
  const { client, id } = await conversation();
  await client.messages.send({ content: 'canary' }, { id_conversation: id });
  const { messages } = await client.messages.list({ id_conversation: id });
  const [{ content, ...metadata } = { content: '' }] = messages;
  await client.messages.rate(`${messages[0]?.id_message}`, { rating: 'up' }, { id_conversation: id });
  expect(toUIMessages(messages)[1]).toEqual({
    id: messages[0]?.id_message,
    role: 'assistant',
    metadata,
    parts: [{ type: 'text', text: content, state: 'done' }],
  });
  const [rated] = (await client.messages.list({ id_conversation: id, limit: 1 })).messages;
  expect(toUIMessages(rated ? [rated] : [])[0]?.metadata?.feedback).toEqual({ rating: 'up' });
  expect(toUIMessages([{ ...messages[0], content: '', status: 'failed' } as never])[0]?.parts).toEqual([]);
});
