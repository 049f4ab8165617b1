import { describe, expect, it } from 'vitest';
import type { TurnStore } from '../../src/ports/turn-store.ts';
import { memoryTurns } from '../support/memory-turns.ts';
import { newUser } from '../support/messages.ts';
import { scriptedBot } from '../support/scripted-bot.ts';
import { subscribe } from '../support/subscriber.ts';

const DRAFT = { content: 'canary', isStreamed: true };
const newConversation = () => ({ userId: newUser() });

describe('a subscriber that leaves', () => {
  it('stops at once, and the generation completes', async () => {
    const { bot, nth } = scriptedBot();
    const { turns } = memoryTurns(bot);
    const conversation = newConversation();
    const reply = await turns.send(conversation, DRAFT);
    const subscriber = subscribe(reply);
    const generated = await nth(1);
    await generated.emit('One, ');
    await subscriber.hasText('One, ');
    subscriber.leave();
    await subscriber.ended;
    expect(subscriber.types()).toEqual(['message-created', 'reply-started', 'reply-delta']);
    await generated.emit('two');
    await generated.end();
    const found = await turns.find(conversation, reply.user_message.id_message);
    if (!found) throw new Error('The turn was not found');
    const later = subscribe(found);
    await later.ended;
    expect([later.text(), later.types().at(-1)]).toEqual(['One, two', 'reply-completed']);
    expect(subscriber.text()).toBe('One, ');
  });

  it.each(['getReply', 'chunksSince'] as const)('stops at once during a %s that does not end', async (method) => {
    const { bot, nth } = scriptedBot();
    const here = memoryTurns(bot);
    const conversation = newConversation();
    const reply = await here.turns.send(conversation, DRAFT);
    await nth(1);
    let calls = 0;
    let isStuck = false;
    const stuck =
      (run: (...args: never[]) => unknown) =>
      (...args: never[]) => {
        if (!isStuck) return run(...args);
        calls += 1;
        return new Promise<never>(() => undefined);
      };
    const overrides = (store: TurnStore) => ({ [method]: stuck(store[method]) });
    const there = memoryTurns(bot, { table: here.table, overrides });
    const found = await there.turns.find(conversation, reply.user_message.id_message);
    if (!found) throw new Error('The turn was not found');
    isStuck = true;
    const subscriber = subscribe(found);
    await expect.poll(() => calls).toBe(1);
    subscriber.leave();
    await subscriber.ended;
    expect(subscriber.types()).toEqual([]);
  });

  it('can leave before the first event', async () => {
    const { bot, nth } = scriptedBot();
    const { turns } = memoryTurns(bot);
    const reply = await turns.send(newConversation(), DRAFT);
    const subscriber = subscribe(reply);
    subscriber.leave();
    await subscriber.ended;
    expect(subscriber.types()).toEqual(['message-created']);
    await (await nth(1)).end();
  });
});

describe('several subscribers', () => {
  it('each get the whole reply, at their own speed, here and in another process', async () => {
    const { bot, nth } = scriptedBot();
    const here = memoryTurns(bot);
    const there = memoryTurns(bot, { table: here.table });
    const conversation = newConversation();
    const reply = await here.turns.send(conversation, DRAFT);
    const found = await there.turns.find(conversation, reply.user_message.id_message);
    if (!found) throw new Error('The turn was not found');
    const subscribers = [
      subscribe(reply),
      subscribe(reply, { delayMs: 7 }),
      subscribe(found),
      subscribe(found, { delayMs: 7 }),
    ];
    const generated = await nth(1);
    const deltas = Array.from({ length: 50 }, (_, index) => `${index} `);
    for (const delta of deltas) {
      await generated.emit(delta);
      if (delta.length > 2) await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await generated.end();
    const late = subscribe(reply);
    await Promise.all([...subscribers, late].map(({ ended }) => ended));
    for (const { text, types, events } of [...subscribers, late]) {
      expect(text()).toBe(deltas.join(''));
      expect(types().at(-1)).toBe('reply-completed');
      expect(events.at(-1)?.id).toBe('1-end');
    }
    // The slow ones and the late one received several deltas at once.
    const [fast, slow] = subscribers;
    expect(slow?.events.length).toBeLessThan(fast?.events.length ?? 0);
    expect(late.types()).toEqual(['message-created', 'reply-started', 'reply-delta', 'reply-completed']);
  });

  it('can resume after any event', async () => {
    const { bot, nth } = scriptedBot();
    const { turns } = memoryTurns(bot);
    const reply = await turns.send(newConversation(), DRAFT);
    const generated = await nth(1);
    await generated.emit('One, two');
    await generated.end();
    await subscribe(reply).ended;
    for (const [after, text] of [
      ['1-0', 'One, two'],
      ['1-5', 'two'],
      ['1-8', ''],
    ] as const) {
      const subscriber = subscribe(reply, { after });
      await subscriber.ended;
      expect(subscriber.types()).not.toContain('reply-started');
      expect(subscriber.text()).toBe(text);
    }
  });

  it('see the text in the message list while it is generated', async () => {
    const { bot, nth } = scriptedBot();
    const { turns, messages } = memoryTurns(bot);
    const conversation = newConversation();
    await turns.send(conversation, DRAFT);
    const generated = await nth(1);
    const newest = async () => (await messages.list(conversation, { limit: 1 })).messages[0];
    expect(await newest()).toMatchObject({ content: '', status: 'pending' });
    for (const content of ['One', 'One, two']) {
      await generated.emit(content === 'One' ? 'One' : ', two');
      await expect.poll(newest).toMatchObject({ content, status: 'streaming', version: 1 });
    }
    await generated.end();
    await expect.poll(newest).toMatchObject({ content: 'One, two', status: 'completed', version: 2 });
  });
});
