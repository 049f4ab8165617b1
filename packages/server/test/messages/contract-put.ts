import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { messageOf, newId, newUser } from './samples.ts';
import type { OpenStore } from './store-contract.ts';

/** Whatever the API takes for a text: well-formed, without NUL, 1 to 8000 code points. */
const anyText = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 8000, size: 'max' })
  .map((text) => text.replaceAll('\0', '\u{1f600}'));

/** What programs that do not keep a text to the letter stumble over. */
const HARD_TEXTS = [' ', '\n', '\ufeff', '\uffff', 'e\u0301', '\u212b', '\r\n\t', '\u202e', '{"S":"x"}', '\u{10ffff}'];

export function describePut(open: OpenStore): void {
  it('a message comes back as it was put, from either side', async () => {
    const store = await open();
    const user = newUser();
    const question = messageOf(user, { id_reply: newId() });
    const answer = messageOf(user, { is_bot: true, reply_to: question.id_message });
    for (const message of [question, answer]) {
      await store.put([message]);
      expect(await store.get({ userId: user }, message.id_message)).toStrictEqual(message);
    }
    const { messages } = await store.list({ userId: user }, { limit: 2 });
    expect(messages).toStrictEqual([answer, question]);
  });

  it('any text comes back to the letter', async () => {
    const store = await open();
    await fc.assert(
      fc.asyncProperty(anyText, async (content) => {
        const message = messageOf(newUser(), { content });
        await store.put([message]);
        expect(await store.get({ userId: message.id_user }, message.id_message)).toStrictEqual(message);
      }),
      { numRuns: 40, examples: [...HARD_TEXTS, '\u{1f600}'.repeat(8000)].map((text): [string] => [text]) },
    );
  });

  it('there is no message under an id that was never put', async () => {
    const store = await open();
    expect(await store.get({ userId: newUser() }, newId())).toBeUndefined();
  });

  it('a message may be put again, at once too, and is there once', async () => {
    const store = await open();
    const message = messageOf(newUser());
    await Promise.all([1, 2, 3, 4].map(() => store.put([message])));
    await store.put([message]);
    expect(await store.list({ userId: message.id_user }, { limit: 5 })).toStrictEqual({ messages: [message] });
  });

  it('messages are put together, as many as DynamoDB takes at once', async () => {
    const store = await open();
    const user = newUser();
    const messages = Array.from({ length: 25 }, () => messageOf(user));
    await store.put(messages);
    expect(await store.list({ userId: user }, { limit: 50 })).toStrictEqual({ messages: messages.reverse() });
  });

  it('a pending reply reads as interrupted once nobody is known to write it', async () => {
    const store = await open();
    const reply = messageOf(newUser(), { is_bot: true, content: '', status: 'pending', reply_to: newId() });
    const { id_user: userId, id_message } = reply;
    await store.put([reply], { leaseMs: 400 });
    expect(await store.get({ userId }, id_message)).toStrictEqual(reply);
    await sleep(500);
    const interrupted = { ...reply, status: 'interrupted' };
    expect(await store.get({ userId }, id_message)).toStrictEqual(interrupted);
    expect(await store.list({ userId }, { limit: 5 })).toStrictEqual({ messages: [interrupted] });
  });
}
