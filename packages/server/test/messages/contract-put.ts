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

const YESTERDAY = new Date(Date.now() - 86_400_000).toISOString();

export function describePut(open: OpenStore): void {
  it('a message comes back as it was put, from either side', async () => {
    const store = await open();
    const user = newUser();
    const question = messageOf(user, { id_reply: newId() });
    const answer = messageOf(user, { is_bot: true, reply_to: question.id_message });
    for (const message of [question, answer]) {
      await store.put(message);
      expect(await store.get(user, message.id_message)).toStrictEqual(message);
    }
    const { messages } = await store.list(user, { limit: 2 });
    expect(messages).toStrictEqual([answer, question]);
  });

  it('any text comes back to the letter', async () => {
    const store = await open();
    await fc.assert(
      fc.asyncProperty(anyText, async (content) => {
        const message = messageOf(newUser(), { content });
        await store.put(message);
        expect(await store.get(message.id_user, message.id_message)).toStrictEqual(message);
      }),
      { numRuns: 40, examples: [...HARD_TEXTS, '\u{1f600}'.repeat(8000)].map((text): [string] => [text]) },
    );
  });

  it('there is no message under an id that was never put', async () => {
    const store = await open();
    expect(await store.get(newUser(), newId())).toBeUndefined();
  });

  it('a message may be put again, at once too, and is there once', async () => {
    const store = await open();
    const message = messageOf(newUser());
    await Promise.all([1, 2, 3, 4].map(() => store.put(message)));
    await store.put(message);
    expect(await store.list(message.id_user, { limit: 5 })).toStrictEqual({ messages: [message] });
  });

  it('another message under the same id is refused and changes nothing', async () => {
    const store = await open();
    const first = messageOf(newUser());
    await store.put(first);
    for (const other of [{ content: 'x' }, { is_bot: true }, { timestamp: YESTERDAY }, { reply_to: newId() }]) {
      await expect(store.put({ ...first, ...other })).rejects.toThrow('Two messages have one id');
      expect(await store.list(first.id_user, { limit: 5 })).toStrictEqual({ messages: [first] });
    }
  });

  it('of two messages put at once under one id, one is kept and the other refused', async () => {
    const store = await open();
    const one = messageOf(newUser(), { content: 'one' });
    const other = { ...one, content: 'other' };
    const outcomes = await Promise.allSettled([store.put(one), store.put(other)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const kept = outcomes[0]?.status === 'fulfilled' ? one : other;
    expect(await store.get(one.id_user, one.id_message)).toStrictEqual(kept);
  });
}
