/** A turn releases its quota and lock if its bot is not started. */
import { deferred } from '@async-chatbot/shared/deferred';
import { describe, expect, it } from 'vitest';
import { memoryTable } from '../../src/memory/table.ts';
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
  expect(await store.lock({ conversation, holder: 'canary' }, 1000)).toBe(true);
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
  expect(await store.lock({ conversation, holder: 'canary' }, 1000)).toBe(true);
});

it.each([
  ['message cannot be stored', { create: failing }],
  ['conversation cannot be locked', { lock: failing }],
])('a send whose %s releases quota and lock', async (_words, overrides) => {
  const table = memoryTable();
  const { bot } = scriptedBot();
  const { turns, usage } = memoryTurns(bot, { table, oneReplyAtATime: true, overrides: () => overrides });
  const conversation = { userId: newUser() };
  await expect(turns.send(conversation, { content: 'canary', isStreamed: true })).rejects.toBe(OUTAGE);
  expect((await usage.today(conversation.userId)).messages).toMatchObject({ used: 0 });
  const { store } = memoryTurns(bot, { table });
  expect(await store.lock({ conversation, holder: 'canary' }, 1000)).toBe(true);
});

it('a lock that is taken although its response is lost is released', async () => {
  const { bot } = scriptedBot();
  const { turns, store } = memoryTurns(bot, {
    oneReplyAtATime: true,
    overrides: ({ lock }) => ({
      async lock(...args) {
        await lock(...args);
        if (args[0].holder !== 'canary') throw OUTAGE;
        return true;
      },
    }),
  });
  const conversation = { userId: newUser() };
  await expect(turns.send(conversation, { content: 'canary', isStreamed: true })).rejects.toBe(OUTAGE);
  expect(await store.lock({ conversation, holder: 'canary' }, 1000)).toBe(true);
});

it('sends that must wait for a reply use no quota', async () => {
  const { bot } = scriptedBot();
  const { turns, usage } = memoryTurns(bot, { oneReplyAtATime: true, replyLimits: { perUser: 40, total: 40 } });
  const conversation = { userId: newUser() };
  const sends = Array.from({ length: 40 }, () => turns.send(conversation, { content: 'canary', isStreamed: true }));
  const results = await Promise.allSettled(sends);
  const rejected = results.flatMap((result) => (result.status === 'rejected' ? [result.reason.code] : []));
  expect(rejected).toEqual(Array(39).fill('reply-in-progress'));
  expect((await usage.today(conversation.userId)).messages).toMatchObject({ used: 1 });
});

describe('replies in progress', () => {
  const send = ({ turns }: ReturnType<typeof memoryTurns>, userId: string, isStreamed = true) =>
    turns.send({ userId }, { content: 'canary', isStreamed });

  it('are limited per user and in total, and a reply that ends makes room', async () => {
    const { bot, nth } = scriptedBot();
    const here = memoryTurns(bot, { replyLimits: { perUser: 2, total: 3 } });
    const [ada, bob, eve] = [newUser(), newUser(), newUser()];
    for (const userId of [ada, ada, bob]) await send(here, userId);
    const tooMany = { code: 'too-many-replies', headers: { 'Retry-After': '1' } };
    await expect(send(here, ada)).rejects.toMatchObject(tooMany);
    await expect(send(here, eve)).rejects.toMatchObject({
      code: 'service-unavailable',
      headers: { 'Retry-After': '1' },
    });
    const first = await nth(1);
    await first.emit('canary');
    await first.end();
    await expect.poll(() => send(here, eve).then(() => 'sent')).toBe('sent');
    await expect(send(here, bob)).rejects.toMatchObject({ code: 'service-unavailable' });
  });

  it('are not counted after any failure', async () => {
    const { bot } = scriptedBot();
    const here = memoryTurns(bot, { replyLimits: { perUser: 2, total: 2 }, overrides: () => ({ create: failing }) });
    for (let round = 0; round < 5; round += 1) await expect(send(here, newUser())).rejects.toBe(OUTAGE);
  });

  it('are not counted if they need no generation', async () => {
    const { bot } = scriptedBot();
    const instant = Object.assign(bot, { instantReply: () => 'canary' });
    const here = memoryTurns(instant, { replyLimits: { perUser: 1, total: 1 } });
    const userId = newUser();
    await Promise.all([1, 2, 3].map(() => send(here, userId, false)));
  });
});

it('a repeated send generates a reply that was never stored', async () => {
  const { bot } = scriptedBot();
  let isDown = true;
  const { turns, messages } = memoryTurns(bot, {
    overrides: ({ create }) => ({
      async create([message, ...others], by) {
        if (!message || !isDown)
          return create(
            [message, ...others].filter((each) => each !== undefined),
            by,
          );
        await create([message], by);
        throw OUTAGE;
      },
    }),
  });
  const conversation = { userId: newUser() };
  const draft = { content: 'canary', key: 'canary', isStreamed: true };
  await expect(turns.send(conversation, draft)).rejects.toBe(OUTAGE);
  isDown = false;
  const { user_message } = await turns.send(conversation, draft);
  expect(await messages.get(conversation, `${user_message.id_reply}`)).toMatchObject({ status: 'pending' });
});

it('of two regenerations at once, the one that comes too late leaves the lock to the other', async () => {
  const { bot, nth } = scriptedBot();
  const { turns, store } = memoryTurns(bot, { oneReplyAtATime: true });
  const conversation = { userId: newUser() };
  const { user_message } = await turns.send(conversation, { content: 'canary', isStreamed: true });
  await (await nth(1)).fail();
  await expect
    .poll(() => store.getReply({ conversation, id_reply: `${user_message.id_reply}` }))
    .toMatchObject({
      message: { status: 'failed' },
    });
  const regenerate = () => turns.regenerate(conversation, user_message.id_message, { isStreamed: true });
  const results = await Promise.allSettled([regenerate(), regenerate()]);
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await store.lock({ conversation, holder: 'canary' }, 1000)).toBe(false);
});

it('a response does not wait for a slow release, which is completed later', async () => {
  const { bot } = scriptedBot();
  const released = deferred<void>();
  const { turns, store } = memoryTurns(bot, {
    oneReplyAtATime: true,
    overrides: ({ unlock }) => ({
      create: failing,
      async unlock(lock) {
        await released.promise;
        await unlock(lock);
      },
    }),
  });
  const conversation = { userId: newUser() };
  await expect(turns.send(conversation, { content: 'canary', isStreamed: true })).rejects.toBe(OUTAGE);
  const lock = () => store.lock({ conversation, holder: 'canary' }, 1000);
  expect(await lock()).toBe(false);
  released.resolve();
  await expect.poll(lock).toBe(true);
});
