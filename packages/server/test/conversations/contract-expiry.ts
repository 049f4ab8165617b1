import { expect, it } from 'vitest';
import { newUser } from '../messages/samples.ts';
import { CANARY } from '../support/canary.ts';
import { conversationOf, found, inPages, LATER, type OpenWorld, pagesOf, talk } from './samples.ts';

export function describeExpiry(open: OpenWorld): void {
  it('a conversation is kept for so many days after its last change, and then for nobody', async () => {
    const { storeAt, kept } = await open();
    const changes = [
      undefined,
      (user: string, id: string) => storeAt(1, { keptDays: 3 }).rename(user, id, { title: CANARY, updated_at: LATER }),
      (user: string, id: string) => storeAt(1, { keptDays: 3 }).touch(user, id, { title: CANARY, at: LATER }),
    ];
    for (const change of changes) {
      const [user, conversation] = [newUser(), conversationOf()];
      const id = conversation.id_conversation;
      await storeAt(0, { keptDays: 3 }).create(user, conversation);
      if (change) expect(await change(user, id)).toBeTruthy();

      const last = change ? 4 : 3;
      expect((await storeAt(last - 0.01).list(user, { limit: 5 })).conversations).toHaveLength(1);
      expect(await storeAt(last - 0.01).get(user, id)).toMatchObject({ id_conversation: id });
      const late = storeAt(last + 0.01, { keptDays: 3 });
      expect(await found(late, user, id)).toEqual([]);
      expect(await late.delete(user, id)).toBe(false);
      // DynamoDB removes it when it comes to it.
      expect(await kept(user)).toEqual([`C#${id}`]);
    }
  });

  it('without such a number it is kept for ever, also after a change', async () => {
    const { storeAt } = await open();
    const [user, conversation] = [newUser(), conversationOf()];
    const id = conversation.id_conversation;
    await storeAt(0).create(user, conversation);
    await storeAt(0).touch(user, id, { title: CANARY, at: LATER });
    await storeAt(0).rename(user, id, { title: CANARY, updated_at: LATER });
    expect(await storeAt(50_000).get(user, id)).toStrictEqual({ ...conversation, title: CANARY, updated_at: LATER });
    expect(await storeAt(50_000).delete(user, id)).toBe(true);
  });

  it('pages are full although some on them have expired', async () => {
    const { storeAt } = await open();
    const user = newUser();
    const conversations = Array.from({ length: 20 }, () => conversationOf()).reverse();
    for (const [index, conversation] of conversations.entries())
      await storeAt(0, { keptDays: index % 3 === 0 ? 9 : 1 }).create(user, conversation);
    const left = conversations.filter((_, index) => index % 3 === 0);
    for (const limit of [1, 3, 7, 8])
      expect(await pagesOf(storeAt(5), user, limit)).toStrictEqual(inPages(left, limit));
  });

  it('a deletion that was cut short is ended after its time, too', async () => {
    const world = await open();
    const { storeAt, cutDeletion, kept } = world;
    const [user, conversation] = [newUser(), conversationOf()];
    const id = conversation.id_conversation;
    await storeAt(0, { keptDays: 1 }).create(user, conversation);
    await talk(world, user, id, 3);
    expect(await cutDeletion(user, id, 1)).toBeInstanceOf(Error);
    expect(await kept(user)).toHaveLength(4);
    expect(await storeAt(2).delete(user, id)).toBe(true);
    expect(await kept(user)).toEqual([]);
  });
}
