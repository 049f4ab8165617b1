import fc from 'fast-check';
import { expect, it } from 'vitest';
import { history, messageOf, newUser } from './samples.ts';
import type { OpenStore } from './store-contract.ts';

const anyCursor = fc.stringMatching(/^[A-Za-z0-9_-]{22}$/);

export function describeList(open: OpenStore): void {
  it('who has said nothing has one empty page', async () => {
    const store = await open();
    expect(await store.list({ userId: newUser() }, { limit: 50 })).toStrictEqual({ messages: [] });
  });

  it('the newest message comes first, in whatever order they were put', async () => {
    const store = await open();
    const user = newUser();
    const [first, second, third] = [messageOf(user), messageOf(user), messageOf(user)];
    for (const message of [second, third, first]) await store.put([message]);
    expect(await store.list({ userId: user }, { limit: 50 })).toStrictEqual({ messages: [third, second, first] });
  });

  it('a message that was acknowledged is the first of the next list', async () => {
    const store = await open();
    const user = newUser();
    for (const content of Array.from({ length: 30 }, (_, round) => `round ${round}`)) {
      const message = messageOf(user, { content });
      await store.put([message]);
      expect((await store.list({ userId: user }, { limit: 1 })).messages).toStrictEqual([message]);
    }
  });

  it('two users never see each other’s messages, not by a cursor either', async () => {
    const store = await open();
    const ada = newUser();
    const strangers = [newUser(), `${ada}#`, `${ada}#M#default`, ada.slice(0, -1), ada.toUpperCase()];
    const hers = await history(store, ada, 3);
    const theirs = await Promise.all(strangers.map((stranger) => history(store, stranger, 3)));
    expect(await store.list({ userId: ada }, { limit: 50 })).toStrictEqual({ messages: hers });

    const { next_cursor } = await store.list({ userId: ada }, { limit: 1 });
    for (const [index, stranger] of strangers.entries()) {
      expect(await store.list({ userId: stranger }, { limit: 50 })).toStrictEqual({ messages: theirs[index] });
      expect(await store.get({ userId: stranger }, hers[0]?.id_message ?? '')).toBeUndefined();
      const { messages } = await store.list({ userId: stranger }, { limit: 50, cursor: next_cursor });
      expect(messages.every(({ id_user }) => id_user === stranger)).toBe(true);
    }
  });

  it('any cursor of 22 characters finds a page in order, and none fails', async () => {
    const store = await open();
    const user = newUser();
    const said = await history(store, user, 5);
    await fc.assert(
      fc.asyncProperty(anyCursor, async (cursor) => {
        const { messages } = await store.list({ userId: user }, { limit: 50, cursor });
        expect(messages).toStrictEqual(said.slice(said.length - messages.length));
      }),
      { examples: [['-'.repeat(22)], ['_'.repeat(22)], ['A'.repeat(22)], [`${'A'.repeat(21)}_`]] },
    );
  });
}
