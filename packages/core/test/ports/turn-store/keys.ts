import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { countOf } from '../../support/count-of.ts';
import { messageOf, newId, newUser } from '../../support/messages.ts';
import type { OpenStores } from '../../support/stores.ts';

const DAY_MS = 86_400_000;
const ABANDONED_MS = 21_000;
const REQUEST = 'canary request';

const newTurn = () => ({ id_message: newId(), id_reply: newId(), timestamp: new Date().toISOString() });
const newKey = () => ({ userId: newUser(), key: randomUUID() });

/** Idempotency keys. */
export function describeKeys(open: OpenStores): void {
  it('one of twenty concurrent calls takes a key, and all return its turn', async () => {
    const { turns } = (await open())();
    const { userId, key } = newKey();
    const calls = Array.from({ length: 20 }, () => turns.takeKey(userId, key, REQUEST, newTurn()));
    const taken = await Promise.all(calls);
    expect(taken.filter(({ isOwn }) => isOwn)).toHaveLength(1);
    for (const { isOwn, ...turn } of taken)
      expect({ isOwn: true, ...turn }).toStrictEqual(taken.find((each) => each.isOwn));
  });

  it('a taken key returns its turn, and whether the request is the same', async () => {
    const { turns } = (await open())();
    const { userId, key } = newKey();
    const turn = newTurn();
    const own = await turns.takeKey(userId, key, REQUEST, turn);
    expect(own).toMatchObject({ ...turn, isOwn: true, isSameRequest: true, isDeleted: false });
    expect(await turns.takeKey(userId, key, REQUEST, newTurn())).toStrictEqual({ ...own, isOwn: false });
    const other = { ...own, isOwn: false, isSameRequest: false };
    expect(await turns.takeKey(userId, key, `${REQUEST} 2`, newTurn())).toStrictEqual(other);
  });

  it('another user can take the same key, and the same user another key', async () => {
    const { turns } = (await open())();
    const { userId, key } = newKey();
    await turns.takeKey(userId, key, REQUEST, newTurn());
    expect((await turns.takeKey(newUser(), key, REQUEST, newTurn())).isOwn).toBe(true);
    expect((await turns.takeKey(userId, `${key}0`, REQUEST, newTurn())).isOwn).toBe(true);
  });

  it('a key is taken for a day, and then one of twenty concurrent calls takes it', async () => {
    const at = await open();
    const { userId, key } = newKey();
    await at().turns.takeKey(userId, key, REQUEST, newTurn());
    expect((await at(DAY_MS - 60_000).turns.takeKey(userId, key, REQUEST, newTurn())).isOwn).toBe(false);
    const { turns } = at(DAY_MS + 2000);
    const calls = Array.from(
      { length: 20 },
      async () => (await turns.takeKey(userId, key, `${REQUEST} 2`, newTurn())).isOwn,
    );
    expect(await countOf(calls)).toBe(1);
  });

  it('one of twenty concurrent calls takes over an abandoned key, for the same turn', async () => {
    const at = await open();
    const { userId, key } = newKey();
    const own = await at().turns.takeKey(userId, key, REQUEST, newTurn());
    const { turns } = at(ABANDONED_MS);
    expect(await countOf(Array.from({ length: 20 }, () => turns.takeOverKey(userId, own)))).toBe(1);
    const { id_message, id_reply, takenAtMs } = await turns.takeKey(userId, key, REQUEST, newTurn());
    expect({ id_message, id_reply }).toEqual({ id_message: own.id_message, id_reply: own.id_reply });
    expect(takenAtMs).toBeGreaterThan(own.takenAtMs);
  });

  it('only the request that took a key can release it', async () => {
    const at = await open();
    const { userId, key } = newKey();
    const lost = await at().turns.takeKey(userId, key, REQUEST, newTurn());
    const { turns } = at(ABANDONED_MS);
    await turns.takeOverKey(userId, lost);
    await turns.releaseKey(userId, lost);
    const taken = await turns.takeKey(userId, key, REQUEST, newTurn());
    expect(taken.isOwn).toBe(false);
    for (const _ of [1, 2]) await turns.releaseKey(userId, taken);
    expect((await turns.takeKey(userId, key, `${REQUEST} 2`, newTurn())).isOwn).toBe(true);
  });

  it('the key of a deleted message stays taken, and cannot be taken over', async () => {
    const at = await open();
    const { userId, key } = newKey();
    const { turns, messages } = at();
    const own = await turns.takeKey(userId, key, REQUEST, newTurn());
    const { id_message, id_reply, record } = own;
    await turns.create([messageOf(userId, { id_message, id_reply })], { leaseMs: 0, keyRecord: record });
    await messages.delete({ userId }, id_message);
    const deleted = { ...own, isOwn: false, isDeleted: true };
    expect(await turns.takeKey(userId, key, REQUEST, newTurn())).toStrictEqual(deleted);
    expect(await at(ABANDONED_MS).turns.takeOverKey(userId, own)).toBe(false);
  });

  it('the key of a deleted reply still leads to its turn', async () => {
    const { turns, messages } = (await open())();
    const { userId, key } = newKey();
    const own = await turns.takeKey(userId, key, REQUEST, newTurn());
    const { id_message, id_reply, record } = own;
    const reply = messageOf(userId, { id_message: id_reply, is_bot: true, reply_to: id_message });
    await turns.create([messageOf(userId, { id_message, id_reply }), reply], { leaseMs: 0, keyRecord: record });
    await messages.delete({ userId }, id_reply);
    expect(await turns.takeKey(userId, key, REQUEST, newTurn())).toStrictEqual({ ...own, isOwn: false });
  });
}
