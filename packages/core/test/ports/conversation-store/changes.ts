import { expect, it } from 'vitest';
import {
  contentsOf,
  conversationOf,
  found,
  LATER,
  storedConversations,
  storedMessages,
} from '../../support/conversations.ts';
import { newId, newUser } from '../../support/messages.ts';
import type { OpenStores } from '../../support/stores.ts';

const CHANGE = { title: 'canary changed', updated_at: LATER };
const SENT = { title: 'canary sent', at: LATER };

export function describeChanges(open: OpenStores): void {
  it('a conversation is returned as created, with and without a title', async () => {
    const { conversations } = (await open())();
    const user = newUser();
    for (const conversation of [conversationOf(), conversationOf({ title: ' canary\n"\u{1f600}"\u202e' })]) {
      await conversations.create(user, conversation);
      expect(await conversations.get(user, conversation.id_conversation)).toStrictEqual(conversation);
      expect(await conversations.list(user, { limit: 1 })).toMatchObject({ conversations: [conversation] });
    }
  });

  it('a creation may be repeated, even concurrently, and does not undo changes', async () => {
    const { conversations } = (await open())();
    const [user, conversation] = [newUser(), conversationOf()];
    await Promise.all([1, 2, 3].map(() => conversations.create(user, conversation)));
    expect(await conversations.list(user, { limit: 5 })).toStrictEqual({ conversations: [conversation] });
    const renamed = await conversations.rename(user, conversation.id_conversation, CHANGE);
    await conversations.create(user, conversation);
    expect(await conversations.get(user, conversation.id_conversation)).toStrictEqual(renamed);
  });

  it('a rename only changes title and updated_at', async () => {
    const { conversations } = (await open())();
    const user = newUser();
    const [newer, conversation = conversationOf(), older] = await storedConversations(conversations, user, 3);
    const { id_conversation } = conversation;
    for (const change of [CHANGE, { ...CHANGE, title: 'canary again' }]) {
      const renamed = { ...conversation, ...change };
      expect(await conversations.rename(user, id_conversation, change)).toStrictEqual(renamed);
      expect(await conversations.list(user, { limit: 5 })).toStrictEqual({ conversations: [renamed, newer, older] });
    }
  });

  it('the first message sets the title, and every message updated_at', async () => {
    const { conversations } = (await open())();
    const [user, conversation] = [newUser(), conversationOf()];
    const { id_conversation } = conversation;
    await conversations.create(user, conversation);
    expect(await conversations.touch(user, id_conversation, { ...SENT, at: conversation.created_at })).toBe(true);
    expect(await conversations.get(user, id_conversation)).toStrictEqual({ ...conversation, title: SENT.title });
    expect(await conversations.touch(user, id_conversation, { at: LATER, title: 'canary second' })).toBe(true);
    const later = { ...conversation, title: SENT.title, updated_at: LATER };
    expect(await conversations.get(user, id_conversation)).toStrictEqual(later);
  });

  it('a message does not replace the user’s title', async () => {
    const { conversations } = (await open())();
    const user = newUser();
    for (const title of ['canary given', undefined]) {
      const conversation = conversationOf(title === undefined ? {} : { title });
      const { id_conversation } = conversation;
      await conversations.create(user, conversation);
      if (title === undefined) await conversations.rename(user, id_conversation, CHANGE);
      await conversations.touch(user, id_conversation, SENT);
      expect((await conversations.get(user, id_conversation))?.title).toBe(title ?? CHANGE.title);
    }
  });

  it('a change to a conversation that does not exist does not create it', async () => {
    const { conversations } = (await open())();
    const [user, id] = [newUser(), newId()];
    expect(await found(conversations, user, id)).toEqual([]);
    expect(await conversations.delete(user, id)).toBe(false);
    expect(await conversations.list(user, { limit: 5 })).toStrictEqual({ conversations: [] });
    expect(await found(conversations, user, id)).toEqual([]);
  });

  it('another user can neither find nor change it', async () => {
    const stores = (await open())();
    const { conversations } = stores;
    const [userId, conversation] = [newUser(), conversationOf()];
    const { id_conversation } = conversation;
    await conversations.create(userId, conversation);
    await storedMessages(stores, { userId, id_conversation }, 1);
    const before = await contentsOf(stores, { userId, id_conversation });
    for (const stranger of [newUser(), `${userId}#`, userId.slice(0, -1), userId.toUpperCase()]) {
      expect(await found(conversations, stranger, id_conversation)).toEqual([]);
      expect(await conversations.delete(stranger, id_conversation)).toBe(false);
    }
    expect(before).toMatchObject({ conversation, messages: [expect.any(String)] });
    expect(await contentsOf(stores, { userId, id_conversation })).toStrictEqual(before);
  });
}
