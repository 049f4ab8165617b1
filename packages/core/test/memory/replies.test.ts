import { setImmediate as nextTick } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { memoryTable } from '../../src/memory/table.ts';
import { conversationOf } from '../support/conversations.ts';
import { memoryStores } from '../support/memory-stores.ts';
import { messageOf, newId, newUser, store } from '../support/messages.ts';
import { LEASE_MS, startedReply } from '../support/replies.ts';

describe('a chunk', () => {
  it('becomes part of the reply at once', async () => {
    const stores = memoryStores()();
    const { messages, turns } = stores;
    const { conversation, message, run } = await startedReply(stores);
    for (const [position, chunk] of [
      [0, 'canary'],
      [6, ' and more'],
      // Repeats.
      [0, 'canary'],
      [6, ' and more'],
    ] as const)
      await turns.appendChunks([{ run, position, text: chunk }]);
    const streaming = { ...message, content: 'canary and more', status: 'streaming' };
    expect(await turns.getReply(run)).toStrictEqual({ message: streaming, run: 1, isCancelled: false });
    expect(await messages.list(conversation, { limit: 5 })).toStrictEqual({ messages: [streaming] });
  });
});

describe('an infinite lease', () => {
  it('never ends', async () => {
    const at = memoryStores();
    const { claim, run } = await startedReply(at());
    await at().turns.extendLease(run, 'canary', Number.POSITIVE_INFINITY);
    await at().turns.lock({ ...run, holder: run.id_reply }, Number.POSITIVE_INFINITY);
    const { turns } = at(1e12);
    expect(await turns.claimReply(claim, LEASE_MS)).toBeUndefined();
    expect((await turns.getReply(run))?.message.status).toBe('streaming');
    expect(await turns.lock({ ...run, holder: newId() }, LEASE_MS)).toBe(false);
  });
});

describe('nextChange', () => {
  it('stays pending until the next change of this reply', async () => {
    const stores = memoryStores()();
    const { turns } = stores;
    const [{ run }, { run: other }] = [await startedReply(stores), await startedReply(stores)];
    for (const content of ['canary', 'canary, more']) {
      let hasChanged = false;
      const changed = turns.nextChange(run).then(() => {
        hasChanged = true;
      });
      await turns.extendLease(other, content, LEASE_MS);
      await turns.getReply(run);
      await nextTick();
      expect(hasChanged).toBe(false);
      await turns.extendLease(run, content, LEASE_MS);
      await changed;
    }
  });
});

/** A turn with a reply in progress that has a chunk. */
async function openTurn() {
  const table = memoryTable();
  const stores = memoryStores(table)();
  const [userId, conversation] = [newUser(), conversationOf()];
  const { id_conversation } = conversation;
  await stores.conversations.create(userId, conversation);
  const [id_message, id_reply] = [newId(), newId()];
  const pending = { id_message: id_reply, is_bot: true, reply_to: id_message, content: '', status: 'pending' } as const;
  await store(
    stores.turns,
    messageOf(userId, { id_conversation, id_message, id_reply }),
    messageOf(userId, { id_conversation, ...pending }),
  );
  const run = { conversation: { userId, id_conversation }, id_reply, run: 1 };
  await stores.turns.appendChunks([{ run, position: 0, text: 'canary' }]);
  const left = () => [...table.messages.withPrefix(userId, ''), ...table.chunks.withPrefix(userId, '')];
  expect(left()).toHaveLength(3);
  return { ...stores, userId, id_conversation, id_message, run, left };
}

describe('a deletion leaves neither messages nor chunks', () => {
  it('of a message', async () => {
    const { messages, run, id_message, left } = await openTurn();
    expect(await messages.delete(run.conversation, id_message)).toBe('deleted');
    expect(left()).toEqual([]);
  });

  it('of a conversation', async () => {
    const { conversations, userId, id_conversation, left } = await openTurn();
    expect(await conversations.delete(userId, id_conversation)).toBe(true);
    expect(left()).toEqual([]);
  });

  it('of a user', async () => {
    const { messages, userId, left } = await openTurn();
    await messages.deleteAll(userId);
    expect(left()).toEqual([]);
  });
});
