import { expect, it } from 'vitest';
import type { MessageStore } from '../../../src/ports/message-store.ts';
import { history, messageOf, newId, newUser, store } from '../../support/messages.ts';
import type { OpenStores } from '../../support/stores.ts';

const CHANGE = { content: 'changed', edited_at: '2026-01-02T03:04:05.678Z' };

export function describeChanges(open: OpenStores): void {
  it('an edit only changes content, edited_at and the version', async () => {
    const { messages, turns } = (await open())();
    const message = messageOf(newUser(), { id_reply: newId() });
    const { id_user: userId, id_message } = message;
    const newer = messageOf(userId);
    for (const each of [message, newer]) await store(turns, each);

    const again = { content: 'again', edited_at: '2026-02-03T04:05:06.789Z' };
    for (const [index, change] of [CHANGE, again].entries()) {
      const edited = { ...message, ...change, version: index + 2 };
      expect(await messages.edit({ userId }, id_message, change)).toStrictEqual(edited);
      expect(await messages.get({ userId }, id_message)).toStrictEqual(edited);
      expect(await messages.list({ userId }, { limit: 5 })).toStrictEqual({ messages: [newer, edited] });
    }
  });

  it('a reply cannot be edited', async () => {
    const { messages, turns } = (await open())();
    const reply = messageOf(newUser(), { is_bot: true, reply_to: newId() });
    await store(turns, reply);
    expect(await messages.edit({ userId: reply.id_user }, reply.id_message, CHANGE)).toBeUndefined();
    expect(await messages.get({ userId: reply.id_user }, reply.id_message)).toStrictEqual(reply);
  });

  it('an edit of a message that does not exist does not create it', async () => {
    const { messages } = (await open())();
    await expectNoEdit(messages, newUser(), newId());
  });

  it('another user can neither edit nor delete a message', async () => {
    const { messages, turns } = (await open())();
    const message = messageOf(newUser());
    await store(turns, message);
    const stranger = newUser();
    await expectNoEdit(messages, stranger, message.id_message);
    await messages.delete({ userId: stranger }, message.id_message);
    expect(await messages.list({ userId: message.id_user }, { limit: 5 })).toStrictEqual({ messages: [message] });
  });

  it('an edit does not restore a message that is deleted concurrently', async () => {
    const { messages, turns } = (await open())();
    const userId = newUser();
    for (const { id_message } of await history(turns, userId, 20)) {
      await Promise.all([messages.edit({ userId }, id_message, CHANGE), messages.delete({ userId }, id_message)]);
      await expectNoEdit(messages, userId, id_message);
    }
  });

  it('a deletion deletes one message and may be repeated', async () => {
    const { messages, turns } = (await open())();
    const userId = newUser();
    const [newest, middle, oldest] = await history(turns, userId, 3);
    for (const _ of [1, 2]) {
      await messages.delete({ userId }, middle?.id_message ?? '');
      expect(await messages.list({ userId }, { limit: 5 })).toStrictEqual({ messages: [newest, oldest] });
    }
    await messages.delete({ userId }, newId());
    expect(await messages.get({ userId }, middle?.id_message ?? '')).toBeUndefined();
    expect(await messages.list({ userId }, { limit: 5 })).toStrictEqual({ messages: [newest, oldest] });
  });
}

/** The user has no such message, before and after an edit of it. */
async function expectNoEdit(messages: MessageStore, userId: string, id: string): Promise<void> {
  expect(await messages.edit({ userId }, id, CHANGE)).toBeUndefined();
  expect(await messages.get({ userId }, id)).toBeUndefined();
  const page = await messages.list({ userId }, { limit: 100 });
  expect(page.messages.map(({ id_message }) => id_message)).not.toContain(id);
}
