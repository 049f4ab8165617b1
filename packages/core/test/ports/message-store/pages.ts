import { expect, it } from 'vitest';
import { allPages, history, idsOf, inPages, messageOf, newId, newUser, store } from '../../support/messages.ts';
import type { OpenStores } from '../../support/stores.ts';

export function describePages(open: OpenStores): void {
  it('the last page has no next_cursor, even when it is full', async () => {
    const { messages, turns } = (await open())();
    const userId = newUser();
    const [fourth, third, second, first] = await history(turns, userId, 4);
    const page = await messages.list({ userId }, { limit: 2 });
    expect(page).toStrictEqual({ messages: [fourth, third], next_cursor: expect.stringMatching(/^[\w-]{22}$/) });
    expect(await messages.list({ userId }, { limit: 2, cursor: page.next_cursor })).toStrictEqual({
      messages: [second, first],
    });
    expect(await messages.list({ userId }, { limit: 4 })).not.toHaveProperty('next_cursor');
  });

  it('the pages are a partition of the messages for every limit from 1 to 100', async () => {
    const { messages, turns } = (await open())();
    const userId = newUser();
    const all = await history(turns, userId, 40);
    for (const limit of Array.from({ length: 100 }, (_, index) => index + 1))
      expect(await allPages(messages, { userId }, limit), `limit ${limit}`).toStrictEqual(inPages(all, limit));
  });

  it('every message is on one page and in order while others are stored', async () => {
    const { messages, turns } = (await open())();
    const userId = newUser();
    const before = await history(turns, userId, 60);
    let isReading = true;
    const write = async () => {
      let written = 0;
      for (; isReading; written += 1) {
        await store(turns, messageOf(userId));
        // A store in memory would not let the reader run.
        await new Promise((resolve) => setTimeout(resolve));
      }
      return written;
    };
    const writing = Promise.all([write(), write()]);
    for (const limit of [1, 7, 13, 60]) {
      const ids = idsOf((await allPages(messages, { userId }, limit)).flat());
      expect(ids).toStrictEqual([...new Set(ids)].sort().reverse());
      expect(ids.slice(-before.length)).toStrictEqual(idsOf(before));
    }
    isReading = false;
    const written = (await writing).reduce((sum, count) => sum + count);
    expect(written).toBeGreaterThan(0);
    expect((await allPages(messages, { userId }, 100)).flat()).toHaveLength(before.length + written);
  });

  it('a cursor stays valid when the messages next to it are deleted', async () => {
    const { messages, turns } = (await open())();
    const userId = newUser();
    const [fourth, third, second, first] = await history(turns, userId, 4);
    const { next_cursor } = await messages.list({ userId }, { limit: 2 });
    for (const each of [third, second]) await messages.delete({ userId }, each?.id_message ?? '');
    expect(await messages.list({ userId }, { limit: 2, cursor: next_cursor })).toStrictEqual({ messages: [first] });
    expect(await messages.list({ userId }, { limit: 2 })).toStrictEqual({ messages: [fourth, first] });
  });

  it('pages of more than 1 MB are full', async () => {
    const { messages, turns } = (await open())();
    const userId = newUser();
    const all = await history(turns, userId, 100, { content: '\u{1f600}'.repeat(8000) });
    for (const limit of [100, 99, 40, 33]) {
      const pages = await allPages(messages, { userId }, limit);
      expect(pages.map(idsOf)).toStrictEqual(inPages(all, limit).map(idsOf));
      expect(pages.flat().every(({ content }, index) => content === all[index]?.content)).toBe(true);
    }
  });

  it('in ascending order too, the pages are a partition for every limit', async () => {
    const { messages, turns } = (await open())();
    const userId = newUser();
    const all = (await history(turns, userId, 12)).reverse();
    for (const limit of Array.from({ length: 14 }, (_, index) => index + 1))
      expect(await allPages(messages, { userId }, limit, 'asc'), `limit ${limit}`).toStrictEqual(inPages(all, limit));
  });

  it('in ascending order, messages stored between two pages are on the later page', async () => {
    const { messages, turns } = (await open())();
    const userId = newUser();
    const [third, second, first] = await history(turns, userId, 3);
    const page = await messages.list({ userId }, { limit: 2, order: 'asc' });
    expect(page.messages).toStrictEqual([first, second]);
    await messages.delete({ userId }, second?.id_message ?? '');
    const [fourth] = await history(turns, userId, 1);
    const rest = await messages.list({ userId }, { limit: 2, order: 'asc', cursor: page.next_cursor });
    expect(rest).toStrictEqual({ messages: [third, fourth] });
  });

  it('both orders list only one conversation', async () => {
    const { messages, turns } = (await open())();
    const userId = newUser();
    const conversation = { userId, id_conversation: newId() };
    const all = await history(turns, userId, 3, { id_conversation: conversation.id_conversation });
    await history(turns, userId, 3);
    await history(turns, userId, 3, { id_conversation: newId() });
    expect((await allPages(messages, conversation, 2, 'desc')).flat()).toStrictEqual(all);
    expect((await allPages(messages, conversation, 2, 'asc')).flat()).toStrictEqual([...all].reverse());
  });
}
