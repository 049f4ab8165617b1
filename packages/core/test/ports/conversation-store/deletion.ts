import { expect, it } from 'vitest';
import {
  activeConversation,
  contentsOf,
  conversationOf,
  found,
  LATER,
  storedMessages,
} from '../../support/conversations.ts';
import { messageOf, newId, newUser, store } from '../../support/messages.ts';
import { LEASE_MS } from '../../support/replies.ts';
import type { OpenStores, Stores } from '../../support/stores.ts';

const NOTHING = { conversation: undefined, messages: [], isLocked: false };

export function describeDeletion(open: OpenStores): void {
  it.each([0, 1, 25, 26, 60])('deletes a conversation of %i messages with all its contents, once', async (length) => {
    const stores = (await open())();
    const { conversations } = stores;
    const userId = newUser();
    const id_conversation = await activeConversation(stores, userId, length);
    const { messages, isLocked } = await contentsOf(stores, { userId, id_conversation });
    expect([messages.length, isLocked]).toEqual([length, true]);
    expect(await conversations.delete(userId, id_conversation)).toBe(true);
    expect(await contentsOf(stores, { userId, id_conversation })).toStrictEqual(NOTHING);
    expect(await found(conversations, userId, id_conversation)).toEqual([]);
    expect(await conversations.delete(userId, id_conversation)).toBe(false);
  });

  it('leaves other conversations, the default one and those of other users', async () => {
    const stores = (await open())();
    const [userId, other] = [newUser(), newUser()];
    const before = await activeConversation(stores, userId, 3);
    const id_conversation = await activeConversation(stores, userId, 30);
    const after = await activeConversation(stores, userId, 3);
    for (const owner of [userId, other]) {
      await storedMessages(stores, { userId: owner }, 3);
      await stores.turns.lock({ conversation: { userId: owner }, holder: newId() }, LEASE_MS);
    }
    // No request can do this: the other user has a conversation of the same id.
    await stores.conversations.create(other, conversationOf({ id_conversation }));
    await storedMessages(stores, { userId: other, id_conversation }, 3);
    const left = [
      { userId },
      { userId, id_conversation: before },
      { userId, id_conversation: after },
      { userId: other },
      { userId: other, id_conversation },
    ];
    const contents = await contentsOfAll(stores, left);
    expect(contents.map(({ messages }) => messages.length)).toEqual([3, 3, 3, 3, 3]);

    expect(await stores.conversations.delete(userId, id_conversation)).toBe(true);
    expect(await contentsOf(stores, { userId, id_conversation })).toStrictEqual(NOTHING);
    expect(await contentsOfAll(stores, left)).toStrictEqual(contents);
    const { conversations } = await stores.conversations.list(userId, { limit: 5 });
    expect(conversations.map((each) => each.id_conversation)).toEqual([after, before]);
  });

  it('is not undone by concurrent messages, titles and deletions', async () => {
    const stores = (await open())();
    const { conversations } = stores;
    for (let round = 0; round < 10; round += 1) {
      const userId = newUser();
      const id_conversation = await activeConversation(stores, userId, 30);
      let hasEnded = false;
      const touch = () => conversations.touch(userId, id_conversation, { title: 'canary', at: LATER });
      const touchUntilEnd = async () => {
        const outcomes = [await touch()];
        while (!hasEnded) outcomes.push(await touch());
        outcomes.push(await touch());
        return outcomes;
      };
      const touched = touchUntilEnd();
      const renamed = conversations.rename(userId, id_conversation, { title: 'canary', updated_at: LATER });
      const deletions = [1, 2].map(() => conversations.delete(userId, id_conversation));
      expect(await Promise.all(deletions)).toContain(true);
      hasEnded = true;
      await renamed;
      // True until it is deleted, and never again.
      expect((await touched).join(' ')).toMatch(/^(true ?)*(false ?)+$/);
      expect(await contentsOf(stores, { userId, id_conversation })).toStrictEqual(NOTHING);
    }
  });

  it('ends the replies in progress', async () => {
    const stores = (await open())();
    const { conversations, turns } = stores;
    const userId = newUser();
    const id_conversation = await activeConversation(stores, userId, 0);
    const pending = { id_conversation, is_bot: true, content: '', status: 'pending', reply_to: newId() } as const;
    const reply = messageOf(userId, pending);
    const run = { conversation: { userId, id_conversation }, id_reply: reply.id_message, run: 1 };
    await store(turns, reply);
    const changed = turns.nextChange(run);
    await conversations.delete(userId, id_conversation);
    await changed;
    expect(await turns.getReply(run)).toBeUndefined();
    expect(await turns.extendLease(run, 'canary', LEASE_MS)).toBe(false);
    expect(await turns.finishReply(run, { status: 'completed', content: 'canary' })).toBeUndefined();
    expect(await contentsOf(stores, { userId, id_conversation })).toStrictEqual(NOTHING);
  });
}

const contentsOfAll = (stores: Stores, keys: Parameters<typeof contentsOf>[1][]) =>
  Promise.all(keys.map((key) => contentsOf(stores, key)));
