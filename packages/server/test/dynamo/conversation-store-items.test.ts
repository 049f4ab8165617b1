import { describe, expect, it } from 'vitest';
import {
  activeConversation,
  conversationOf,
  found,
  LATER,
  pagesOf,
  storedConversations,
  storedMessages,
} from '../../../core/test/support/conversations.ts';
import { inPages, newId, newUser } from '../../../core/test/support/messages.ts';
import { onEveryEngine } from '../support/dynamo/dynamo-engines.ts';
import { dynamoTable, type OpenTable } from '../support/dynamo/dynamo-table.ts';

onEveryEngine('conversation items', dynamoTable, (name, open) => {
  describe(name, () => {
    describe('deletion', () => describeDeletion(open));
    describe('time to live', () => describeExpiry(open));
    describe('the index', () => describeIndex(open));
  });
});

function describeDeletion(open: OpenTable): void {
  it.each([0, 60])('deletes all items of a conversation of %i messages', async (length) => {
    const table = await open();
    const user = newUser();
    const id = await activeConversation(table, user, length);
    expect(await table.keysOf(user)).toHaveLength(length + 2);
    expect(await table.conversations.delete(user, id)).toBe(true);
    expect(await table.keysOf(user)).toEqual([]);
    expect(await found(table.conversations, user, id)).toEqual([]);
    expect(await table.conversations.delete(user, id)).toBe(false);
    expect(await table.keysOf(user)).toEqual([]);
  });

  it('writes no item for a conversation that does not exist', async () => {
    const { conversations, keysOf } = await open();
    const [user, id] = [newUser(), newId()];
    expect(await found(conversations, user, id)).toEqual([]);
    expect(await conversations.delete(user, id)).toBe(false);
    expect(await keysOf(user)).toEqual([]);
  });

  it('takes effect with its first request, wherever it is interrupted, and can be completed by a retry', async () => {
    const table = await open();
    const { conversations, cutDeletion, keysOf } = table;
    let attempts = 0;
    for (let isCut = true; isCut; attempts += 1) {
      const user = newUser();
      const id = await activeConversation(table, user, 30);
      const before = await keysOf(user);
      const outcome = await cutDeletion(user, id, attempts);
      isCut = outcome instanceof Error;
      if (!isCut) expect(outcome).toBe(true);
      if (attempts === 0) expect(await keysOf(user)).toEqual(before);
      else expect(await found(conversations, user, id)).toEqual([]);
      if (isCut) expect(await conversations.delete(user, id), `repeated after ${attempts} requests`).toBe(true);
      expect(await keysOf(user)).toEqual([]);
      expect(await conversations.delete(user, id)).toBe(false);
    }
    // The mark, the sweep, two batches (a query and a write each), the lock with the conversation; and a complete one.
    expect(attempts).toBe(8);
  });

  it('hides a conversation from the pages while in progress', async () => {
    const { conversations, cutDeletion } = await open();
    const user = newUser();
    const all = await storedConversations(conversations, user, 20);
    for (const [index, { id_conversation }] of all.entries())
      if (index % 5 === 1 || index === 3) await cutDeletion(user, id_conversation, 1);
    const left = all.filter((_, index) => index % 5 !== 1 && index !== 3);
    expect(left).toHaveLength(15);
    for (const limit of [1, 2, 5, 14, 15])
      expect(await pagesOf(conversations, user, limit)).toStrictEqual(inPages(left, limit));
  });
}

function describeIndex(open: OpenTable): void {
  it('contains only conversations, by last activity', async () => {
    const table = await open();
    const { conversations, keysOf, indexedOf } = table;
    const user = newUser();
    const ids = [await activeConversation(table, user, 3), await activeConversation(table, user, 3)];
    await storedMessages(table, { userId: user }, 3);
    expect(await indexedOf(user)).toEqual(ids.map((id) => `C#${id}`));
    await conversations.touch(user, String(ids[0]), { title: 'canary', at: LATER });
    expect(await indexedOf(user)).toEqual(ids.toReversed().map((id) => `C#${id}`));
    expect(await keysOf(user)).toHaveLength(2 * 5 + 3);
  });

  it('no longer contains a conversation once its deletion has started', async () => {
    const table = await open();
    const user = newUser();
    const id = await activeConversation(table, user, 3);
    await table.cutDeletion(user, id, 1);
    expect(await table.keysOf(user)).toContain(`C#${id}`);
    expect(await table.indexedOf(user)).toEqual([]);
    expect(await found(table.conversations, user, id)).toEqual([]);
    expect(await table.indexedOf(user)).toEqual([]);
  });

  it('is empty after all data of the user has been deleted', async () => {
    const table = await open();
    const [user, other] = [newUser(), newUser()];
    for (const owner of [user, user, other]) await activeConversation(table, owner, 30);
    await table.messages.deleteAll(user);
    expect([await table.keysOf(user), await table.indexedOf(user)]).toEqual([[], []]);
    expect(await table.indexedOf(other)).toHaveLength(1);
  });
}

function describeExpiry(open: OpenTable): void {
  it('a conversation expires some days after its last change', async () => {
    const { at, keysOf } = await open();
    const changes = [
      undefined,
      (user: string, id: string) => at(1, 3).rename(user, id, { title: 'canary', updated_at: LATER }),
      (user: string, id: string) => at(1, 3).touch(user, id, { title: 'canary', at: LATER }),
    ];
    for (const change of changes) {
      const [user, conversation] = [newUser(), conversationOf()];
      const id = conversation.id_conversation;
      await at(0, 3).create(user, conversation);
      if (change) expect(await change(user, id)).toBeTruthy();

      const last = change ? 4 : 3;
      expect((await at(last - 0.01).list(user, { limit: 5 })).conversations).toHaveLength(1);
      expect(await at(last - 0.01).get(user, id)).toMatchObject({ id_conversation: id });
      const late = at(last + 0.01, 3);
      expect(await found(late, user, id)).toEqual([]);
      expect(await late.delete(user, id)).toBe(false);
      // DynamoDB removes it later.
      expect(await keysOf(user)).toEqual([`C#${id}`]);
    }
  });

  it('without a TTL it never expires, also after a change', async () => {
    const { at } = await open();
    const [user, conversation] = [newUser(), conversationOf()];
    const id = conversation.id_conversation;
    await at(0).create(user, conversation);
    await at(0).touch(user, id, { title: 'canary', at: LATER });
    await at(0).rename(user, id, { title: 'canary', updated_at: LATER });
    expect(await at(50_000).get(user, id)).toStrictEqual({ ...conversation, title: 'canary', updated_at: LATER });
    expect(await at(50_000).delete(user, id)).toBe(true);
  });

  it('pages are full even if some conversations have expired', async () => {
    const { at } = await open();
    const user = newUser();
    const all = Array.from({ length: 20 }, () => conversationOf()).reverse();
    for (const [index, conversation] of all.entries()) await at(0, index % 3 === 0 ? 9 : 1).create(user, conversation);
    const left = all.filter((_, index) => index % 3 === 0);
    for (const limit of [1, 3, 7, 8]) expect(await pagesOf(at(5), user, limit)).toStrictEqual(inPages(left, limit));
  });

  it('an interrupted deletion can be completed after the conversation has expired', async () => {
    const table = await open();
    const { at, cutDeletion, keysOf } = table;
    const [userId, conversation] = [newUser(), conversationOf()];
    const { id_conversation } = conversation;
    await at(0, 1).create(userId, conversation);
    await storedMessages(table, { userId, id_conversation }, 3);
    expect(await cutDeletion(userId, id_conversation, 1)).toBeInstanceOf(Error);
    expect(await keysOf(userId)).toHaveLength(4);
    expect(await at(2).delete(userId, id_conversation)).toBe(true);
    expect(await keysOf(userId)).toEqual([]);
  });
}
