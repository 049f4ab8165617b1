import { describe, expect, it } from 'vitest';
import { conversationOf } from '../support/conversations.ts';
import { memoryTurns } from '../support/memory-turns.ts';
import { newUser } from '../support/messages.ts';
import { scriptedBot } from '../support/scripted-bot.ts';
import { subscribe } from '../support/subscriber.ts';

const DRAFT = { content: 'canary', isStreamed: true };

/** A turn whose bot has emitted a delta, and another process. */
async function openTurn() {
  const { bot, nth, started } = scriptedBot();
  const here = memoryTurns(bot, { oneReplyAtATime: true });
  const there = memoryTurns(bot, { table: here.table, oneReplyAtATime: true });
  const [userId, stored] = [newUser(), conversationOf()];
  await here.conversations.create(userId, stored);
  const conversation = { userId, id_conversation: stored.id_conversation };
  const reply = await here.turns.send(conversation, DRAFT);
  const subscriber = subscribe(reply);
  const generated = await nth(1);
  await generated.emit('One');
  await subscriber.hasText('One');
  const { id_message, id_reply = '' } = reply.user_message;
  return { here, there, conversation, subscriber, generated, id_message, id_reply, nth, started };
}

describe('a cancellation', () => {
  it.each(['here', 'there'] as const)('stops the bot and stores the text so far, requested %s', async (where) => {
    const turn = await openTurn();
    const { conversation, subscriber, generated, id_message, here } = turn;
    const cancelled = await turn[where].turns.cancel(conversation, id_message);
    expect(cancelled).toMatchObject({ content: 'One', status: 'cancelled' });
    expect(generated.signal.aborted).toBe(true);
    await subscriber.ended;
    expect(subscriber.events.at(-1)?.event).toEqual({ type: 'reply-cancelled', bot_response: cancelled });
    // The lock is free.
    await here.turns.send(conversation, DRAFT);
    (await turn.nth(2)).end();
  });

  it('of an ended reply returns it', async () => {
    const { here, conversation, subscriber, generated, id_message } = await openTurn();
    await generated.end();
    await subscriber.ended;
    expect(await here.turns.cancel(conversation, id_message)).toMatchObject({ content: 'One', status: 'completed' });
  });
});

describe('a deletion during a stream ends the reply as cancelled', () => {
  it.each([
    ['the message', ({ here, conversation, id_message }) => here.messages.delete(conversation, id_message)],
    ['the reply', ({ here, conversation, id_reply }) => here.messages.delete(conversation, id_reply)],
    [
      'the conversation',
      ({ here, conversation }) => here.conversations.delete(conversation.userId, conversation.id_conversation),
    ],
    ['the user', ({ here, conversation }) => here.messages.deleteAll(conversation.userId)],
  ] as [string, (turn: Awaited<ReturnType<typeof openTurn>>) => Promise<unknown>][])('of %s', async (_, remove) => {
    const turn = await openTurn();
    const { here, there, conversation, subscriber, generated, id_message, id_reply } = turn;
    const found = await there.turns.find(conversation, id_message);
    if (!found) throw new Error('The turn was not found');
    const other = subscribe(found);
    await other.hasText('One');
    await remove(turn);
    await Promise.all([subscriber.ended, other.ended]);
    expect(generated.signal.aborted).toBe(true);
    for (const { events } of [subscriber, other])
      expect(events.at(-1)?.event).toMatchObject({
        type: 'reply-cancelled',
        bot_response: { id_message: id_reply, content: 'One', status: 'cancelled' },
      });
    expect(await here.messages.get(conversation, id_reply)).toBeUndefined();
    expect(here.table.chunks.withPrefix(conversation.userId, '')).toEqual([]);
    expect(here.table.locks.withPrefix(conversation.userId, '')).toEqual([]);
  });
});

describe('a superseded run', () => {
  it('stops, and its subscribers follow the next run', async () => {
    const { bot, nth } = scriptedBot();
    const timings = { generation: { leaseMs: 1000, extendLeaseMs: Number.POSITIVE_INFINITY, tickMs: 0 } };
    const here = memoryTurns(bot, { timings });
    const conversation = { userId: newUser() };
    const reply = await here.turns.send(conversation, DRAFT);
    const subscriber = subscribe(reply);
    const first = await nth(1);
    await first.emit('One');
    await subscriber.hasText('One');

    const there = memoryTurns(bot, { table: here.table, timings, aheadMs: 2000 });
    const { id_message } = reply.user_message;
    const regenerated = await there.turns.regenerate(conversation, id_message, { isStreamed: true });
    expect(regenerated).toBeDefined();
    const second = await nth(2);
    await expect.poll(() => first.signal.aborted).toBe(true);
    await second.emit('Two');
    await subscriber.hasText('Two');
    await second.end();
    await subscriber.ended;
    expect(subscriber.types()).toEqual([
      'message-created',
      'reply-started',
      'reply-delta',
      'reply-started',
      'reply-delta',
      'reply-completed',
    ]);
    expect(subscriber.events.at(-1)).toMatchObject({
      id: '2-end',
      event: { bot_response: { content: 'Two', version: 3 } },
    });
  });
});
