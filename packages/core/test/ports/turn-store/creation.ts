import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { messageOf, newId, newUser, store } from '../../support/messages.ts';
import type { OpenStores } from '../../support/stores.ts';

/** Every text that the API accepts: well-formed, without NUL, 1 to 8000 code points. */
const anyText = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 8000, size: 'max' })
  .map((text) => text.replaceAll('\0', '\u{1f600}'));

/** Texts that storage often changes. */
const HARD_TEXTS = [' ', '\n', '\ufeff', '\uffff', 'e\u0301', '\u212b', '\r\n\t', '\u202e', '{"S":"x"}', '\u{10ffff}'];

/** The messages of a new turn. */
export function describeCreate(open: OpenStores): void {
  it('a message and its reply are returned as stored', async () => {
    const { messages, turns } = (await open())();
    const userId = newUser();
    const [id_message, id_reply] = [newId(), newId()];
    const message = messageOf(userId, { id_message, id_reply });
    const reply = messageOf(userId, { id_message: id_reply, is_bot: true, reply_to: id_message });
    await store(turns, message, reply);
    for (const each of [message, reply]) expect(await messages.get({ userId }, each.id_message)).toStrictEqual(each);
    expect((await messages.list({ userId }, { limit: 2 })).messages).toStrictEqual([reply, message]);
  });

  it('any text is returned unchanged', async () => {
    const { messages, turns } = (await open())();
    await fc.assert(
      fc.asyncProperty(anyText, async (content) => {
        const message = messageOf(newUser(), { content });
        await store(turns, message);
        expect(await messages.get({ userId: message.id_user }, message.id_message)).toStrictEqual(message);
      }),
      { numRuns: 40, examples: [...HARD_TEXTS, '\u{1f600}'.repeat(8000)].map((text): [string] => [text]) },
    );
  });

  it('an id that was never stored returns undefined', async () => {
    const { messages } = (await open())();
    expect(await messages.get({ userId: newUser() }, newId())).toBeUndefined();
  });

  it('a retry stores the same message once, even concurrently', async () => {
    const { messages, turns } = (await open())();
    const message = messageOf(newUser());
    await Promise.all([1, 2, 3, 4].map(() => store(turns, message)));
    await store(turns, message);
    expect(await messages.list({ userId: message.id_user }, { limit: 5 })).toStrictEqual({ messages: [message] });
  });

  it('discard deletes these messages only, and can be repeated', async () => {
    const { messages, turns } = (await open())();
    const [userId, id_conversation] = [newUser(), newId()];
    const [message, reply] = [messageOf(userId, { id_conversation }), messageOf(userId, { id_conversation })];
    const [left, elsewhere] = [messageOf(userId, { id_conversation }), messageOf(userId)];
    await store(turns, message, reply, left, elsewhere);
    for (const _ of [1, 2]) await turns.discard([message, reply]);
    expect(await messages.list({ userId, id_conversation }, { limit: 5 })).toStrictEqual({ messages: [left] });
    expect(await messages.list({ userId }, { limit: 5 })).toStrictEqual({ messages: [elsewhere] });
  });

  it('25 messages are stored at once', async () => {
    const { messages, turns } = (await open())();
    const userId = newUser();
    const all = Array.from({ length: 25 }, () => messageOf(userId));
    await store(turns, ...all);
    expect(await messages.list({ userId }, { limit: 50 })).toStrictEqual({ messages: all.reverse() });
  });

  it('a pending reply reads as interrupted after its lease', async () => {
    const { messages, turns } = (await open())();
    const reply = messageOf(newUser(), { is_bot: true, content: '', status: 'pending', reply_to: newId() });
    const { id_user: userId, id_message } = reply;
    await turns.create([reply], { leaseMs: 400 });
    expect(await messages.get({ userId }, id_message)).toStrictEqual(reply);
    await sleep(500);
    const interrupted = { ...reply, status: 'interrupted' };
    expect(await messages.get({ userId }, id_message)).toStrictEqual(interrupted);
    expect(await messages.list({ userId }, { limit: 5 })).toStrictEqual({ messages: [interrupted] });
  });
}
