/** A turn releases its quota and lock if its bot is not started. */
import { expect, it } from 'vitest';
import { conversationOf } from '../support/conversations.ts';
import { memoryTurns } from '../support/memory-turns.ts';
import { newUser } from '../support/messages.ts';
import { scriptedBot } from '../support/scripted-bot.ts';

const OUTAGE = new Error('canary: DynamoDB is unavailable');
const failing = async (): Promise<never> => {
  throw OUTAGE;
};

it('a send whose conversation cannot be updated releases quota and lock', async () => {
  const { bot } = scriptedBot();
  const { turns, usage, store, conversations } = memoryTurns(bot, { oneReplyAtATime: true });
  const userId = newUser();
  const { id_conversation } = conversationOf();
  await conversations.create(userId, conversationOf({ id_conversation }));
  const conversation = { userId, id_conversation };
  conversations.touch = failing;
  await expect(turns.send(conversation, { content: 'canary', isStreamed: true })).rejects.toBe(OUTAGE);
  expect((await usage.today(userId)).messages).toMatchObject({ used: 0 });
  expect(await store.lock({ conversation, id_reply: 'canary' }, 1000)).toBe(true);
});

it('a regeneration whose edit fails releases quota and lock', async () => {
  const { bot, nth } = scriptedBot();
  const { turns, usage, store, messages } = memoryTurns(bot, { oneReplyAtATime: true });
  const conversation = { userId: newUser() };
  const reply = await turns.send(conversation, { content: 'canary', isStreamed: true });
  const generation = await nth(1);
  await generation.emit('canary');
  await generation.end();
  await reply.exchange(new AbortController().signal);
  messages.edit = failing;
  const edit = { content: 'canary 2', edited_at: new Date().toISOString() };
  const regenerated = turns.regenerate(conversation, reply.user_message.id_message, { isStreamed: true, edit });
  await expect(regenerated).rejects.toBe(OUTAGE);
  expect((await usage.today(conversation.userId)).messages).toMatchObject({ used: 1 });
  expect(await store.lock({ conversation, id_reply: 'canary' }, 1000)).toBe(true);
});
