import type { MessageStore } from '@async-chatbot/core/ports/message-store';
import { expect, it } from 'vitest';
import { history, messageOf, newId, newUser } from './samples.ts';
import type { OpenStore } from './store-contract.ts';

const CHANGE = { content: 'changed', edited_at: '2026-01-02T03:04:05.678Z' };

export function describeChanges(open: OpenStore): void {
  it('an edit changes content, edited_at and the version, and nothing else', async () => {
    const store = await open();
    const message = messageOf(newUser(), { id_reply: newId() });
    const { id_user, id_message } = message;
    const newer = messageOf(id_user);
    for (const put of [message, newer]) await store.put([put]);

    const again = { content: 'again', edited_at: '2026-02-03T04:05:06.789Z' };
    for (const [index, change] of [CHANGE, again].entries()) {
      const edited = { ...message, ...change, version: index + 2 };
      expect(await store.edit({ userId: id_user }, id_message, change)).toStrictEqual(edited);
      expect(await store.get({ userId: id_user }, id_message)).toStrictEqual(edited);
      expect(await store.list({ userId: id_user }, { limit: 5 })).toStrictEqual({ messages: [newer, edited] });
    }
  });

  it('what the bot said cannot be edited', async () => {
    const store = await open();
    const said = messageOf(newUser(), { is_bot: true, reply_to: newId() });
    await store.put([said]);
    expect(await store.edit({ userId: said.id_user }, said.id_message, CHANGE)).toBeUndefined();
    expect(await store.get({ userId: said.id_user }, said.id_message)).toStrictEqual(said);
  });

  it('an edit of a message that is not there makes none', async () => {
    const store = await open();
    const user = newUser();
    await expectNoEdit(store, user, newId());
  });

  it('another user can neither edit nor delete a message', async () => {
    const store = await open();
    const message = messageOf(newUser());
    await store.put([message]);
    const stranger = newUser();
    await expectNoEdit(store, stranger, message.id_message);
    await store.delete({ userId: stranger }, message.id_message);
    expect(await store.list({ userId: message.id_user }, { limit: 5 })).toStrictEqual({ messages: [message] });
  });

  it('an edit does not bring back a deleted message, however close they are', async () => {
    const store = await open();
    const user = newUser();
    for (const { id_message } of await history(store, user, 20)) {
      await Promise.all([store.edit({ userId: user }, id_message, CHANGE), store.delete({ userId: user }, id_message)]);
      await expectNoEdit(store, user, id_message);
    }
  });

  it('a deletion takes one message and may be repeated', async () => {
    const store = await open();
    const user = newUser();
    const [newest, middle, oldest] = await history(store, user, 3);
    for (const _ of [1, 2]) {
      await store.delete({ userId: user }, middle?.id_message ?? '');
      expect(await store.list({ userId: user }, { limit: 5 })).toStrictEqual({ messages: [newest, oldest] });
    }
    await store.delete({ userId: user }, newId());
    expect(await store.get({ userId: user }, middle?.id_message ?? '')).toBeUndefined();
    expect(await store.list({ userId: user }, { limit: 5 })).toStrictEqual({ messages: [newest, oldest] });
  });
}

/** Neither an answer nor a trace in this user's messages. */
async function expectNoEdit(store: MessageStore, userId: string, id: string): Promise<void> {
  expect(await store.edit({ userId }, id, CHANGE)).toBeUndefined();
  expect(await store.get({ userId }, id)).toBeUndefined();
  const { messages } = await store.list({ userId }, { limit: 100 });
  expect(messages.map(({ id_message }) => id_message)).not.toContain(id);
}
