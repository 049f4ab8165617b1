import fc from 'fast-check';
import { expect, it } from 'vitest';
import { history, messageOf, newUser, store } from '../../support/messages.ts';
import type { OpenStores } from '../../support/stores.ts';

const anyCursor = fc.stringMatching(/^[A-Za-z0-9_-]{22}$/);

export function describeList(open: OpenStores): void {
  it('a user without messages has one empty page', async () => {
    const { messages } = (await open())();
    expect(await messages.list({ userId: newUser() }, { limit: 50 })).toStrictEqual({ messages: [] });
  });

  it('the newest message comes first, in whatever order they were stored', async () => {
    const { messages, turns } = (await open())();
    const userId = newUser();
    const [first, second, third] = [messageOf(userId), messageOf(userId), messageOf(userId)];
    for (const message of [second, third, first]) await store(turns, message);
    expect(await messages.list({ userId }, { limit: 50 })).toStrictEqual({ messages: [third, second, first] });
  });

  it('a stored message is the first of the next list', async () => {
    const { messages, turns } = (await open())();
    const userId = newUser();
    for (const content of Array.from({ length: 30 }, (_, round) => `round ${round}`)) {
      const message = messageOf(userId, { content });
      await store(turns, message);
      expect((await messages.list({ userId }, { limit: 1 })).messages).toStrictEqual([message]);
    }
  });

  it("no user sees another user's messages, not even with a cursor", async () => {
    const { messages, turns } = (await open())();
    const ada = newUser();
    const strangers = [newUser(), `${ada}#`, `${ada}#M#default`, ada.slice(0, -1), ada.toUpperCase()];
    const hers = await history(turns, ada, 3);
    const theirs = await Promise.all(strangers.map((stranger) => history(turns, stranger, 3)));
    expect(await messages.list({ userId: ada }, { limit: 50 })).toStrictEqual({ messages: hers });

    const { next_cursor } = await messages.list({ userId: ada }, { limit: 1 });
    for (const [index, stranger] of strangers.entries()) {
      expect(await messages.list({ userId: stranger }, { limit: 50 })).toStrictEqual({ messages: theirs[index] });
      expect(await messages.get({ userId: stranger }, hers[0]?.id_message ?? '')).toBeUndefined();
      const page = await messages.list({ userId: stranger }, { limit: 50, cursor: next_cursor });
      expect(page.messages.every(({ id_user }) => id_user === stranger)).toBe(true);
    }
  });

  it('any cursor of 22 characters returns a sorted page', async () => {
    const { messages, turns } = (await open())();
    const userId = newUser();
    const all = await history(turns, userId, 5);
    await fc.assert(
      fc.asyncProperty(anyCursor, async (cursor) => {
        const page = await messages.list({ userId }, { limit: 50, cursor });
        expect(page.messages).toStrictEqual(all.slice(all.length - page.messages.length));
      }),
      { examples: [['-'.repeat(22)], ['_'.repeat(22)], ['A'.repeat(22)], [`${'A'.repeat(21)}_`]] },
    );
  });
}
