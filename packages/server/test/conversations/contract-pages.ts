import fc from 'fast-check';
import { expect, it } from 'vitest';
import { newUser } from '../messages/samples.ts';
import { conversationOf, conversationsOf, inPages, type OpenWorld, pagesOf, talk } from './samples.ts';

const anyCursor = fc.stringMatching(/^[A-Za-z0-9_-]{22}$/);

export function describePages(open: OpenWorld): void {
  it('who has created none has one empty page, whatever was said in the default conversation', async () => {
    const world = await open();
    const user = newUser();
    await talk(world, user, undefined, 2);
    expect(await world.store.list(user, { limit: 50 })).toStrictEqual({ conversations: [] });
  });

  it('the newest comes first, in whatever order they were created, and is in the next list', async () => {
    const { store } = await open();
    const user = newUser();
    const [first, second, third] = [conversationOf(), conversationOf(), conversationOf()];
    for (const conversation of [second, third, first]) {
      await store.create(user, conversation);
      expect((await store.list(user, { limit: 50 })).conversations).toContainEqual(conversation);
    }
    expect(await store.list(user, { limit: 50 })).toStrictEqual({ conversations: [third, second, first] });
  });

  it('the last page has no next_cursor, also when it is full', async () => {
    const { store } = await open();
    const user = newUser();
    const [fourth, third, second, first] = await conversationsOf(store, user, 4);
    const page = await store.list(user, { limit: 2 });
    expect(page).toStrictEqual({ conversations: [fourth, third], next_cursor: expect.stringMatching(/^[\w-]{22}$/) });
    const last = await store.list(user, { limit: 2, cursor: page.next_cursor });
    expect(last).toStrictEqual({ conversations: [second, first] });
    expect(await store.list(user, { limit: 4 })).not.toHaveProperty('next_cursor');
  });

  it('the pages are a partition of the conversations, of which messages are none', async () => {
    const world = await open();
    const { store } = world;
    const user = newUser();
    const conversations = await conversationsOf(store, user, 20);
    for (const { id_conversation } of conversations.slice(0, 3)) await talk(world, user, id_conversation, 2);
    for (const limit of [1, 2, 3, 7, 19, 20, 21, 100])
      expect(await pagesOf(store, user, limit), `limit ${limit}`).toStrictEqual(inPages(conversations, limit));
  });

  it('the pages are full and in order when others were deleted, or are being deleted', async () => {
    const { store, cutDeletion } = await open();
    const user = newUser();
    const conversations = await conversationsOf(store, user, 20);
    for (const [index, { id_conversation }] of conversations.entries()) {
      if (index % 5 === 0) await store.delete(user, id_conversation);
      if (index % 5 === 1 || index === 3) await cutDeletion(user, id_conversation, 1);
    }
    const left = conversations.filter((_, index) => index % 5 > 1 && index !== 3);
    expect(left).toHaveLength(11);
    for (const limit of [1, 2, 5, 10, 11])
      expect(await pagesOf(store, user, limit)).toStrictEqual(inPages(left, limit));
  });

  it('any cursor of 22 characters finds a page in order, somebody else’s too, and none fails', async () => {
    const { store } = await open();
    const [user, stranger] = [newUser(), newUser()];
    const own = await conversationsOf(store, user, 3);
    await conversationsOf(store, stranger, 3);
    const { next_cursor = '' } = await store.list(stranger, { limit: 1 });
    expect((await store.list(user, { limit: 9, cursor: next_cursor })).conversations).toStrictEqual(own);
    await fc.assert(
      fc.asyncProperty(anyCursor, async (cursor) => {
        const { conversations } = await store.list(user, { limit: 50, cursor });
        expect(conversations).toStrictEqual(own.slice(own.length - conversations.length));
      }),
      { numRuns: 40, examples: [['-'.repeat(22)], ['_'.repeat(22)], ['A'.repeat(22)], [`${'A'.repeat(21)}_`]] },
    );
  });
}
