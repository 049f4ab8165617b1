import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Conversation, ConversationStore } from '../../../src/ports/conversation-store.ts';
import { conversationOf, LATER, pagesOf, storedConversations } from '../../support/conversations.ts';
import { inPages, newUser } from '../../support/messages.ts';
import type { OpenStores } from '../../support/stores.ts';

/** A time on a day, `minutes` after its start. */
const at = (minutes: number) => new Date(Date.UTC(2026, 10, 26, 0, minutes)).toISOString();

const idsOf = (conversations: Conversation[]) => conversations.map(({ id_conversation }) => id_conversation);

/** Stores conversations that were last updated at these minutes. */
async function updatedAt(conversations: ConversationStore, user: string, minutes: number[]) {
  const all = minutes.map((minute) => conversationOf({ created_at: at(0), updated_at: at(minute) }));
  for (const each of all) await conversations.create(user, each);
  return all;
}

export function describeActivity(open: OpenStores): void {
  it('a message or a new title moves a conversation to the top at once', async () => {
    const { conversations } = (await open())();
    const user = newUser();
    const [third, second, first] = idsOf(await updatedAt(conversations, user, [3, 2, 1]));
    const ids = async () => idsOf((await conversations.list(user, { limit: 9 })).conversations);
    expect(await ids()).toEqual([third, second, first]);
    await conversations.touch(user, String(first), { at: at(4), title: 'canary' });
    expect(await ids()).toEqual([first, third, second]);
    await conversations.rename(user, String(second), { updated_at: at(5), title: 'canary' });
    expect(await ids()).toEqual([second, first, third]);
  });

  it('conversations of the same moment are listed by id, once each', async () => {
    const { conversations } = (await open())();
    const user = newUser();
    const all = (await updatedAt(conversations, user, [1, 1, 1, 1, 1])).reverse();
    for (const limit of [1, 2, 3, 4, 5])
      expect(await pagesOf(conversations, user, limit)).toStrictEqual(inPages(all, limit));
  });

  it('an earlier time, of a late request or another clock, changes only the title', async () => {
    const { conversations } = (await open())();
    const user = newUser();
    const [other, conversation = conversationOf()] = await updatedAt(conversations, user, [2, 3]);
    const { id_conversation } = conversation;
    expect(await conversations.touch(user, id_conversation, { at: at(1), title: 'canary first' })).toBe(true);
    const titled = { ...conversation, title: 'canary first' };
    expect(await conversations.list(user, { limit: 9 })).toStrictEqual({ conversations: [titled, other] });
    const renamed = { ...conversation, title: 'canary' };
    const rename = { title: 'canary', updated_at: at(1) };
    expect(await conversations.rename(user, id_conversation, rename)).toStrictEqual(renamed);
    expect(await conversations.list(user, { limit: 9 })).toStrictEqual({ conversations: [renamed, other] });
  });

  it('concurrent messages leave the latest time, and list the conversation once', async () => {
    const { conversations } = (await open())();
    const user = newUser();
    const [conversation = conversationOf()] = await updatedAt(conversations, user, [0]);
    const { id_conversation } = conversation;
    await Promise.all(
      [3, 9, 1, 7, 5].map((minute) =>
        conversations.touch(user, id_conversation, { at: at(minute), title: `canary ${minute}` }),
      ),
    );
    const { title } = (await conversations.get(user, id_conversation)) ?? {};
    expect(title).toMatch(/^canary \d$/);
    const latest = { ...conversation, title, updated_at: at(9) };
    expect(await conversations.list(user, { limit: 9 })).toStrictEqual({ conversations: [latest] });
  });

  it('while others change, an unchanged conversation is listed once, and none is listed twice', async () => {
    const { conversations } = (await open())();
    const minute = fc.nat({ max: 20 });
    const change = fc.record({ index: fc.nat({ max: 9 }), minute, by: fc.constantFrom('touch', 'rename', 'delete') });
    const changesPerPage = fc.array(fc.array(change, { maxLength: 4 }), { maxLength: 12 });
    const minutes = fc.array(minute, { minLength: 1, maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(minutes, changesPerPage, fc.integer({ min: 1, max: 4 }), async (times, changes, limit) => {
        const user = newUser();
        const all = await updatedAt(conversations, user, times);
        const unchanged = new Set(idsOf(all));
        const listed: Conversation[] = [];
        let cursor: string | undefined;
        for (let page = 0; page === 0 || cursor; page += 1) {
          const { next_cursor, ...found } = await conversations.list(user, { limit, cursor });
          listed.push(...found.conversations);
          cursor = next_cursor;
          for (const { index, minute, by } of changes[page] ?? []) {
            const { id_conversation } = all[index % all.length] ?? conversationOf();
            unchanged.delete(id_conversation);
            if (by === 'delete') await conversations.delete(user, id_conversation);
            if (by === 'touch') await conversations.touch(user, id_conversation, { at: at(minute), title: 'canary' });
            const rename = { title: 'canary', updated_at: at(minute) };
            if (by === 'rename') await conversations.rename(user, id_conversation, rename);
          }
          await conversations.create(user, conversationOf({ updated_at: at(30) }));
        }
        const ids = idsOf(listed);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids).toEqual(expect.arrayContaining([...unchanged]));
        const activities = listed.map(({ updated_at }) => updated_at);
        expect(activities).toEqual([...activities].sort().reverse());
      }),
      { numRuns: 20 },
    );
  });

  it('listById lists each once, newest first, while messages are sent', async () => {
    const { conversations } = (await open())();
    const user = newUser();
    const all = await storedConversations(conversations, user, 7);
    const listed: string[] = [];
    let cursor: string | undefined;
    do {
      const { next_cursor, ...page } = await conversations.listById(user, { limit: 2, cursor });
      listed.push(...idsOf(page.conversations));
      cursor = next_cursor;
      for (const id of [listed[0], all.at(-1)?.id_conversation])
        await conversations.touch(user, String(id), { at: LATER, title: 'canary' });
      await conversations.create(user, conversationOf());
    } while (cursor);
    expect(listed).toEqual(idsOf(all));
  });
}
