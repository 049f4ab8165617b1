import { expect, it } from 'vitest';
import { allPages } from './all-pages.ts';
import { history, idsOf, inPages, messageOf, newId, newUser, pagesOf } from './samples.ts';
import type { OpenStore } from './store-contract.ts';

export function describePages(open: OpenStore): void {
  it('the last page has no next_cursor, also when it is full', async () => {
    const store = await open();
    const user = newUser();
    const [fourth, third, second, first] = await history(store, user, 4);
    const page = await store.list({ userId: user }, { limit: 2 });
    expect(page).toStrictEqual({ messages: [fourth, third], next_cursor: expect.stringMatching(/^[\w-]{22}$/) });
    expect(await store.list({ userId: user }, { limit: 2, cursor: page.next_cursor })).toStrictEqual({
      messages: [second, first],
    });
    expect(await store.list({ userId: user }, { limit: 4 })).not.toHaveProperty('next_cursor');
  });

  it('the pages are a partition of the messages for every limit from 1 to 100', async () => {
    const store = await open();
    const user = newUser();
    const said = await history(store, user, 40);
    for (const limit of Array.from({ length: 100 }, (_, index) => index + 1)) {
      expect(await pagesOf(store, user, limit), `limit ${limit}`).toStrictEqual(inPages(said, limit));
    }
  });

  it('every message is on one page and in order while others are being written', async () => {
    const store = await open();
    const user = newUser();
    const before = await history(store, user, 60);
    let reading = true;
    const write = async () => {
      let written = 0;
      for (; reading; written += 1) await store.put([messageOf(user)]);
      return written;
    };
    const writing = Promise.all([write(), write()]);
    for (const limit of [1, 7, 13, 60]) {
      const ids = idsOf((await pagesOf(store, user, limit)).flat());
      expect(ids).toStrictEqual([...new Set(ids)].sort().reverse());
      expect(ids.slice(-before.length)).toStrictEqual(idsOf(before));
    }
    reading = false;
    const written = (await writing).reduce((sum, count) => sum + count);
    expect(written).toBeGreaterThan(0);
    expect((await pagesOf(store, user, 100)).flat()).toHaveLength(before.length + written);
  });

  it('a cursor holds when the messages beside it are deleted', async () => {
    const store = await open();
    const user = newUser();
    const [fourth, third, second, first] = await history(store, user, 4);
    const { next_cursor } = await store.list({ userId: user }, { limit: 2 });
    for (const gone of [third, second]) await store.delete({ userId: user }, gone?.id_message ?? '');
    expect(await store.list({ userId: user }, { limit: 2, cursor: next_cursor })).toStrictEqual({ messages: [first] });
    expect(await store.list({ userId: user }, { limit: 2 })).toStrictEqual({ messages: [fourth, first] });
  });

  it('pages of more than 1 MB come back full', async () => {
    const store = await open();
    const user = newUser();
    const said = await history(store, user, 100, { content: '\u{1f600}'.repeat(8000) });
    for (const limit of [100, 99, 40, 33]) {
      const pages = await pagesOf(store, user, limit);
      expect(pages.map(idsOf)).toStrictEqual(inPages(said, limit).map(idsOf));
      expect(pages.flat().every(({ content }, index) => content === said[index]?.content)).toBe(true);
    }
  });

  it('from the oldest on, the pages are a partition of the messages for every limit too', async () => {
    const store = await open();
    const user = newUser();
    const said = (await history(store, user, 12)).reverse();
    for (const limit of Array.from({ length: 14 }, (_, index) => index + 1))
      expect(await allPages(store, { userId: user }, limit, 'asc'), `limit ${limit}`).toStrictEqual(
        inPages(said, limit),
      );
  });

  it('a page from the oldest on ends before what is written meanwhile, and the next pages have it', async () => {
    const store = await open();
    const user = newUser();
    const [third, second, first] = await history(store, user, 3);
    const { messages, next_cursor } = await store.list({ userId: user }, { limit: 2, order: 'asc' });
    expect(messages).toStrictEqual([first, second]);
    await store.delete({ userId: user }, second?.id_message ?? '');
    const [fourth] = await history(store, user, 1);
    const rest = await store.list({ userId: user }, { limit: 2, order: 'asc', cursor: next_cursor });
    expect(rest).toStrictEqual({ messages: [third, fourth] });
  });

  it('both orders are of one conversation alone', async () => {
    const store = await open();
    const user = newUser();
    const mine = { userId: user, id_conversation: newId() };
    const said = await history(store, user, 3, { id_conversation: mine.id_conversation });
    await history(store, user, 3);
    await history(store, user, 3, { id_conversation: newId() });
    expect((await allPages(store, mine, 2, 'desc')).flat()).toStrictEqual(said);
    expect((await allPages(store, mine, 2, 'asc')).flat()).toStrictEqual(said.toReversed());
  });
}
