import { expect, it } from 'vitest';
import { newId, newUser } from '../messages/samples.ts';
import { CANARY } from '../support/canary.ts';
import { conversationOf, conversationsOf, found, LATER, type OpenWorld, talk } from './samples.ts';

const CHANGE = { title: `${CANARY} changed`, updated_at: LATER };
const SENT = { title: `${CANARY} sent`, at: LATER };

export function describeChanges(open: OpenWorld): void {
  it('a conversation comes back as it was created, with a title and without one', async () => {
    const { store } = await open();
    const user = newUser();
    for (const conversation of [conversationOf(), conversationOf({ title: ` ${CANARY}\n"\u{1f600}"\u202e` })]) {
      await store.create(user, conversation);
      expect(await store.get(user, conversation.id_conversation)).toStrictEqual(conversation);
      expect(await store.list(user, { limit: 1 })).toMatchObject({ conversations: [conversation] });
    }
  });

  it('a creation may be repeated, at once too, and takes nothing back', async () => {
    const { store } = await open();
    const [user, conversation] = [newUser(), conversationOf()];
    await Promise.all([1, 2, 3].map(() => store.create(user, conversation)));
    expect(await store.list(user, { limit: 5 })).toStrictEqual({ conversations: [conversation] });
    const renamed = await store.rename(user, conversation.id_conversation, CHANGE);
    await store.create(user, conversation);
    expect(await store.get(user, conversation.id_conversation)).toStrictEqual(renamed);
  });

  it('another title changes title and updated_at and nothing else, again and again', async () => {
    const { store } = await open();
    const user = newUser();
    const [newer, conversation = conversationOf(), older] = await conversationsOf(store, user, 3);
    const { id_conversation } = conversation;
    for (const change of [CHANGE, { ...CHANGE, title: `${CANARY} again` }]) {
      const renamed = { ...conversation, ...change };
      expect(await store.rename(user, id_conversation, change)).toStrictEqual(renamed);
      expect(await store.list(user, { limit: 5 })).toStrictEqual({ conversations: [newer, renamed, older] });
    }
  });

  it('the first message gives a title, and every message says when', async () => {
    const { store } = await open();
    const [user, conversation] = [newUser(), conversationOf()];
    const { id_conversation } = conversation;
    await store.create(user, conversation);
    expect(await store.touch(user, id_conversation, { ...SENT, at: conversation.created_at })).toBe(true);
    expect(await store.get(user, id_conversation)).toStrictEqual({ ...conversation, title: SENT.title });
    expect(await store.touch(user, id_conversation, { at: LATER, title: `${CANARY} second` })).toBe(true);
    const later = { ...conversation, title: SENT.title, updated_at: LATER };
    expect(await store.get(user, id_conversation)).toStrictEqual(later);
  });

  it('a message takes no title away that somebody gave, before it or later', async () => {
    const { store } = await open();
    const user = newUser();
    for (const title of [`${CANARY} given`, undefined]) {
      const conversation = conversationOf(title === undefined ? {} : { title });
      const { id_conversation } = conversation;
      await store.create(user, conversation);
      if (title === undefined) await store.rename(user, id_conversation, CHANGE);
      await store.touch(user, id_conversation, SENT);
      expect((await store.get(user, id_conversation))?.title).toBe(title ?? CHANGE.title);
    }
  });

  it('nothing is made where there is no conversation', async () => {
    const { store, kept } = await open();
    const [user, id] = [newUser(), newId()];
    expect(await found(store, user, id)).toEqual([]);
    expect(await store.delete(user, id)).toBe(false);
    expect(await kept(user)).toEqual([]);
  });

  it('another user finds nothing of it and changes nothing', async () => {
    const world = await open();
    const { store, kept } = world;
    const [user, conversation] = [newUser(), conversationOf()];
    const { id_conversation } = conversation;
    await store.create(user, conversation);
    await talk(world, user, id_conversation, 1);
    const before = await kept(user);
    for (const stranger of [newUser(), `${user}#`, user.slice(0, -1), user.toUpperCase()]) {
      expect(await found(store, stranger, id_conversation)).toEqual([]);
      expect(await store.delete(stranger, id_conversation)).toBe(false);
    }
    expect(before).toHaveLength(2);
    expect(await kept(user)).toEqual(before);
    expect(await store.get(user, id_conversation)).toStrictEqual(conversation);
  });
}
