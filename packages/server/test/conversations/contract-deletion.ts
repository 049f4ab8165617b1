import { expect, it } from 'vitest';
import { newId, newUser } from '../messages/samples.ts';
import { CANARY } from '../support/canary.ts';
import { conversationOf, found, LATER, type OpenWorld, talk, type World } from './samples.ts';

const LEASE_MS = 60_000;

/** A conversation with so many messages and a bot that is answering. */
async function talkedIn(world: World, userId: string, length: number): Promise<string> {
  const { id_conversation } = conversationOf();
  await world.store.create(userId, conversationOf({ id_conversation }));
  await talk(world, userId, id_conversation, length);
  await world.locks.take({ userId, id_conversation }, newId(), LEASE_MS);
  return id_conversation;
}

export function describeDeletion(open: OpenWorld): void {
  it.each([0, 1, 25, 26, 60])('takes a conversation of %i messages with everything, once', async (length) => {
    const world = await open();
    const { store, kept } = world;
    const user = newUser();
    const id = await talkedIn(world, user, length);
    expect(await kept(user)).toHaveLength(length + 2);
    expect(await store.delete(user, id)).toBe(true);
    expect(await kept(user)).toEqual([]);
    expect(await found(store, user, id)).toEqual([]);
    expect(await store.delete(user, id)).toBe(false);
    expect(await kept(user)).toEqual([]);
  });

  it('leaves everything of other conversations, of the default one, and of other users', async () => {
    const world = await open();
    const [user, other] = [newUser(), newUser()];
    const [before, id, after] = [
      await talkedIn(world, user, 3),
      await talkedIn(world, user, 30),
      await talkedIn(world, user, 3),
    ];
    for (const owner of [user, other]) {
      await talk(world, owner, undefined, 3);
      await world.locks.take({ userId: owner }, newId(), LEASE_MS);
    }
    // No request can do this: the other user has a conversation of the same id.
    await world.store.create(other, conversationOf({ id_conversation: id }));
    await talk(world, other, id, 3);
    const [own, theirs] = [await world.kept(user), await world.kept(other)];

    expect(await world.store.delete(user, id)).toBe(true);
    expect(await world.kept(user)).toEqual(own.filter((sk) => !sk.includes(id)));
    expect(await world.kept(user)).toHaveLength(2 * 5 + 4);
    expect(await world.kept(other)).toEqual(theirs);
    const { conversations } = await world.store.list(user, { limit: 5 });
    expect(conversations.map(({ id_conversation }) => id_conversation)).toEqual([after, before]);
  });

  it('brings nothing back, however close messages, titles and deletions are', async () => {
    const world = await open();
    const { store, kept } = world;
    for (let round = 0; round < 10; round += 1) {
      const user = newUser();
      const id = await talkedIn(world, user, 30);
      let isOver = false;
      const sending = async () => {
        const answers: boolean[] = [];
        while (!isOver) answers.push(await store.touch(user, id, { title: CANARY, at: LATER }));
        answers.push(await store.touch(user, id, { title: CANARY, at: LATER }));
        return answers;
      };
      const touched = sending();
      const renamed = store.rename(user, id, { title: CANARY, updated_at: LATER });
      const deleted = await Promise.all([store.delete(user, id), store.delete(user, id)]);
      isOver = true;
      await renamed;
      // True until it is gone, and never again.
      expect((await touched).join(' ')).toMatch(/^(true ?)*(false ?)+$/);
      expect(deleted).toContain(true);
      expect(await kept(user)).toEqual([]);
    }
  });

  it('is gone as soon as its deletion has begun, also when that was cut short anywhere, and a repeat ends it', async () => {
    const world = await open();
    const { store, cutDeletion, kept } = world;
    let attempts = 0;
    for (let isCut = true; isCut; attempts += 1) {
      const user = newUser();
      const id = await talkedIn(world, user, 30);
      const before = await kept(user);
      const outcome = await cutDeletion(user, id, attempts);
      isCut = outcome instanceof Error;
      if (!isCut) expect(outcome).toBe(true);
      if (attempts === 0) expect(await kept(user)).toEqual(before);
      else expect(await found(store, user, id)).toEqual([]);
      if (isCut) expect(await store.delete(user, id), `repeated after ${attempts} calls`).toBe(true);
      expect(await kept(user)).toEqual([]);
      expect(await store.delete(user, id)).toBe(false);
    }
    // Mark, two batches, each found and removed, none found, the lock, the conversation; and once whole.
    expect(attempts).toBe(9);
  });
}
