/** A turn is stored while its conversation is moved up: either may complete first, or fail alone. */
import { deferred } from '@async-chatbot/shared/deferred';
import { expect, it } from 'vitest';
import type { Bot } from '../../src/ports/bot.ts';
import type { TurnStore } from '../../src/ports/turn-store.ts';
import { conversationOf } from '../support/conversations.ts';
import { memoryTurns } from '../support/memory-turns.ts';
import { newId, newUser } from '../support/messages.ts';

const OUTAGE = new Error('canary: DynamoDB is unavailable');
const failing = async (): Promise<never> => {
  throw OUTAGE;
};

const instant: Bot = Object.assign(
  async function* () {
    yield 'canary reply';
  },
  { instantReply: () => 'canary reply' },
);
const draft = { content: 'canary hello', key: 'canary', isStreamed: false };

/** A conversation of a new user, whose last activity was long ago. */
async function fixture(overrides?: (store: TurnStore) => Partial<TurnStore>) {
  const here = memoryTurns(instant, overrides ? { overrides } : {});
  const userId = newUser();
  const stored = conversationOf({ created_at: '2020-01-01T00:00:00.000Z', updated_at: '2020-01-01T00:00:00.000Z' });
  await here.conversations.create(userId, stored);
  const conversation = { userId, id_conversation: stored.id_conversation };
  return {
    ...here,
    conversation,
    listed: async () => (await here.messages.list(conversation, { limit: 9 })).messages,
    found: () => here.conversations.get(userId, stored.id_conversation),
  };
}

it('the message and the activity are written at the same time', async () => {
  const touched = deferred<void>();
  const created = deferred<void>();
  const { turns, conversations, conversation, listed } = await fixture(({ create }) => ({
    async create(...args) {
      created.resolve();
      await touched.promise;
      await create(...args);
    },
  }));
  const { touch } = conversations;
  conversations.touch = async (...args) => {
    touched.resolve();
    await created.promise;
    return touch(...args);
  };
  await turns.send(conversation, draft);
  expect(await listed()).toHaveLength(2);
});

it('in a conversation that does not exist, nothing stays stored, and the key can be used again', async () => {
  const { turns, messages, usage, conversation } = await fixture();
  const missing = { ...conversation, id_conversation: newId() };
  for (const _ of [1, 2])
    await expect(turns.send(missing, draft)).rejects.toMatchObject({ code: 'conversation-not-found' });
  expect(await messages.list(missing, { limit: 9 })).toEqual({ messages: [] });
  expect((await usage.today(conversation.userId)).messages).toMatchObject({ used: 0 });
  const { user_message } = await turns.send(conversation, draft);
  expect(user_message.content).toBe(draft.content);
});

it('in a conversation that does not exist, a message that cannot be deleted is never acknowledged', async () => {
  const { turns, conversation } = await fixture(() => ({ discard: failing }));
  const missing = { ...conversation, id_conversation: newId() };
  await expect(turns.send(missing, draft)).rejects.toBe(OUTAGE);
  await expect(turns.send(missing, draft)).rejects.toMatchObject({ code: 'conversation-not-found' });
});

it('if the conversation cannot be moved up, a retry with the key does so and returns the stored turn', async () => {
  const { turns, conversations, conversation, listed, found } = await fixture();
  const { touch } = conversations;
  conversations.touch = failing;
  await expect(turns.send(conversation, draft)).rejects.toBe(OUTAGE);
  conversations.touch = touch;
  const stored = await listed();
  expect(stored).toHaveLength(2);
  const { user_message } = await turns.send(conversation, draft);
  expect(await listed()).toEqual(stored);
  expect(stored).toContainEqual(user_message);
  expect(await found()).toMatchObject({ title: draft.content, updated_at: user_message.timestamp });
});

it('if the message cannot be stored, a retry with the key stores it once', async () => {
  let isDown = true;
  const { turns, conversation, listed, found } = await fixture(({ create }) => ({
    async create(...args) {
      await create(...args);
      if (isDown) throw OUTAGE;
    },
  }));
  await expect(turns.send(conversation, draft)).rejects.toBe(OUTAGE);
  isDown = false;
  const { user_message } = await turns.send(conversation, draft);
  expect(await listed()).toContainEqual(user_message);
  expect(await listed()).toHaveLength(2);
  expect(await found()).toMatchObject({ updated_at: user_message.timestamp });
});

it('a repeated send moves a conversation neither up again nor back', async () => {
  const { turns, conversation, found } = await fixture();
  await turns.send(conversation, draft);
  await turns.send(conversation, { ...draft, key: 'canary 2' });
  const before = await found();
  await turns.send(conversation, draft);
  expect(await found()).toEqual(before);
});
