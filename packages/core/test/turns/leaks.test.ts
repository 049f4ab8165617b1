import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { memoryTurns } from '../support/memory-turns.ts';
import { newUser } from '../support/messages.ts';
import { scriptedBot } from '../support/scripted-bot.ts';
import { subscribe } from '../support/subscriber.ts';

const DRAFT = { content: 'canary', isStreamed: true };

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

it('a generation without subscribers sets no timers', async () => {
  const { bot, nth } = scriptedBot();
  const { turns, messages } = memoryTurns(bot, { oneReplyAtATime: true });
  const conversation = { userId: newUser() };
  await turns.send(conversation, DRAFT);
  const generated = await nth(1);
  await generated.emit('One');
  const newest = async () => (await messages.list(conversation, { limit: 1 })).messages[0];
  await vi.waitFor(async () => expect(await newest()).toMatchObject({ content: 'One' }));
  expect(vi.getTimerCount()).toBe(0);
  await generated.end();
  await vi.waitFor(async () => expect(await newest()).toMatchObject({ status: 'completed' }));
  expect(vi.getTimerCount()).toBe(0);
});

it('no timers remain when replies end, fail, are cancelled or lose their subscribers', async () => {
  const { bot, nth } = scriptedBot();
  const { turns } = memoryTurns(bot);
  for (const [index, end] of ['end', 'fail', 'cancel', 'leave'].entries()) {
    const conversation = { userId: newUser() };
    const reply = await turns.send(conversation, DRAFT);
    const subscriber = subscribe(reply);
    const exchange = reply.exchange(subscriber.signal).catch(() => undefined);
    const generated = await nth(index + 1);
    await generated.emit('One');
    await subscriber.hasText('One');
    expect(vi.getTimerCount()).toBe(2);
    if (end === 'leave') subscriber.leave();
    else if (end === 'cancel') await turns.cancel(conversation, reply.user_message.id_message);
    else await (end === 'fail' ? generated.fail() : generated.end());
    await Promise.all([subscriber.ended, exchange]);
    expect(vi.getTimerCount(), end).toBe(0);
    if (end === 'leave') await generated.end();
  }
});

it('a long-lived signal has one listener during a reply, whatever the number of deltas, and none afterwards', async () => {
  const { bot, nth } = scriptedBot();
  const here = memoryTurns(bot);
  const there = memoryTurns(bot, { table: here.table });
  const conversation = { userId: newUser() };
  const client = new AbortController();
  const reply = await here.turns.send(conversation, DRAFT);
  const found = await there.turns.find(conversation, reply.user_message.id_message);
  const generated = await nth(1);
  const ends = [reply, found].map(async (each) => {
    for await (const { event } of each?.events(client.signal) ?? []) if (event.type === 'reply-completed') return;
    throw new Error('The stream was cut off');
  });
  const counts: number[] = [];
  for (let index = 0; index < 100; index += 1) {
    await generated.emit(`${index} `);
    await new Promise((resolve) => setImmediate(resolve));
    counts.push(getEventListeners(client.signal, 'abort').length);
  }
  await generated.end();
  await Promise.all(ends);
  expect(Math.max(...counts)).toBeLessThanOrEqual(2);
  expect(getEventListeners(client.signal, 'abort')).toEqual([]);
  expect(getEventListeners(generated.signal, 'abort').length).toBeLessThanOrEqual(2);
});
