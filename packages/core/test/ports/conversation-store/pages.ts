import fc from 'fast-check';
import { expect, it } from 'vitest';
import { conversationOf, pagesOf, storedConversations, storedMessages } from '../../support/conversations.ts';
import { inPages, newUser } from '../../support/messages.ts';
import type { OpenStores } from '../../support/stores.ts';

const anyCursor = fc.stringMatching(/^[A-Za-z0-9_-]{30}$/);

export function describePages(open: OpenStores): void {
  it('a user without conversations has one empty page, whatever the default conversation has', async () => {
    const stores = (await open())();
    const userId = newUser();
    await storedMessages(stores, { userId }, 2);
    expect(await stores.conversations.list(userId, { limit: 50 })).toStrictEqual({ conversations: [] });
  });

  it('the newest comes first, in whatever order they were created, and is listed at once', async () => {
    const { conversations } = (await open())();
    const user = newUser();
    const [first, second, third] = [conversationOf(), conversationOf(), conversationOf()];
    for (const conversation of [second, third, first]) {
      await conversations.create(user, conversation);
      expect((await conversations.list(user, { limit: 50 })).conversations).toContainEqual(conversation);
    }
    expect(await conversations.list(user, { limit: 50 })).toStrictEqual({ conversations: [third, second, first] });
  });

  it('the last page has no next_cursor, even when it is full', async () => {
    const { conversations } = (await open())();
    const user = newUser();
    const [fourth, third, second, first] = await storedConversations(conversations, user, 4);
    const page = await conversations.list(user, { limit: 2 });
    expect(page).toStrictEqual({ conversations: [fourth, third], next_cursor: expect.stringMatching(/^[\w-]{30}$/) });
    const last = await conversations.list(user, { limit: 2, cursor: page.next_cursor });
    expect(last).toStrictEqual({ conversations: [second, first] });
    expect(await conversations.list(user, { limit: 4 })).not.toHaveProperty('next_cursor');
  });

  it('the pages are a partition of the conversations, without messages', async () => {
    const stores = (await open())();
    const userId = newUser();
    const all = await storedConversations(stores.conversations, userId, 20);
    for (const { id_conversation } of all.slice(0, 3)) await storedMessages(stores, { userId, id_conversation }, 2);
    for (const limit of [1, 2, 3, 7, 19, 20, 21, 100])
      expect(await pagesOf(stores.conversations, userId, limit), `limit ${limit}`).toStrictEqual(inPages(all, limit));
  });

  it('the pages are full and in order after deletions', async () => {
    const { conversations } = (await open())();
    const user = newUser();
    const all = await storedConversations(conversations, user, 20);
    const isLeft = (_: unknown, index: number) => index % 5 > 1 && index !== 3;
    for (const { id_conversation } of all.filter((each, index) => !isLeft(each, index)))
      await conversations.delete(user, id_conversation);
    const left = all.filter(isLeft);
    expect(left).toHaveLength(11);
    for (const limit of [1, 2, 5, 10, 11])
      expect(await pagesOf(conversations, user, limit)).toStrictEqual(inPages(left, limit));
  });

  it('any cursor of 30 characters returns a sorted page, even another user’s', async () => {
    const store = (await open())().conversations;
    const [user, stranger] = [newUser(), newUser()];
    const own = await storedConversations(store, user, 3);
    await storedConversations(store, stranger, 3);
    const { next_cursor = '' } = await store.list(stranger, { limit: 1 });
    expect((await store.list(user, { limit: 9, cursor: next_cursor })).conversations).toStrictEqual(own);
    await fc.assert(
      fc.asyncProperty(anyCursor, async (cursor) => {
        const { conversations } = await store.list(user, { limit: 50, cursor });
        expect(conversations).toStrictEqual(own.slice(own.length - conversations.length));
      }),
      { numRuns: 40, examples: [['-'.repeat(30)], ['_'.repeat(30)], ['A'.repeat(30)], [`${'A'.repeat(29)}_`]] },
    );
  });
}
