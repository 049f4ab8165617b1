import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { messageOf, newId, newUser } from '../messages/samples.ts';
import { countOf, type OpenPorts } from './ports.ts';

const DAY_MS = 86_400_000;
const ABANDONED_MS = 21_000;
const REQUEST = 'canary request';

const newSend = () => ({ id_message: newId(), id_reply: newId(), timestamp: new Date().toISOString() });
const newKey = () => ({ userId: newUser(), key: randomUUID() });

/** What every adapter of the port `SendKeys` must do. */
export function describeSendKeys(open: OpenPorts): void {
  it('one of twenty at once takes a key, and all are told of the same message', async () => {
    const { keys } = (await open())();
    const { userId, key } = newKey();
    const takes = Array.from({ length: 20 }, () => keys.take(userId, key, REQUEST, newSend()));
    const taken = await Promise.all(takes);
    expect(taken.filter(({ isOwn }) => isOwn)).toHaveLength(1);
    for (const { isOwn, ...told } of taken)
      expect({ isOwn: true, ...told }).toStrictEqual(taken.find((one) => one.isOwn));
  });

  it('a key that is taken tells for what, and whether that was the same', async () => {
    const { keys } = (await open())();
    const { userId, key } = newKey();
    const send = newSend();
    const own = await keys.take(userId, key, REQUEST, send);
    expect(own).toMatchObject({ ...send, isOwn: true, isSameRequest: true, isDeleted: false });
    expect(await keys.take(userId, key, REQUEST, newSend())).toStrictEqual({ ...own, isOwn: false });
    const other = { ...own, isOwn: false, isSameRequest: false };
    expect(await keys.take(userId, key, `${REQUEST} 2`, newSend())).toStrictEqual(other);
  });

  it('the same key of somebody else, or another key, is free', async () => {
    const { keys } = (await open())();
    const { userId, key } = newKey();
    await keys.take(userId, key, REQUEST, newSend());
    expect((await keys.take(newUser(), key, REQUEST, newSend())).isOwn).toBe(true);
    expect((await keys.take(userId, `${key}0`, REQUEST, newSend())).isOwn).toBe(true);
  });

  it('a key is taken for a day, and then by one of twenty at once', async () => {
    const at = await open();
    const { userId, key } = newKey();
    await at().keys.take(userId, key, REQUEST, newSend());
    expect((await at(DAY_MS - 60_000).keys.take(userId, key, REQUEST, newSend())).isOwn).toBe(false);
    const later = at(DAY_MS + 2000).keys;
    const takes = Array.from(
      { length: 20 },
      async () => (await later.take(userId, key, `${REQUEST} 2`, newSend())).isOwn,
    );
    expect(await countOf(takes)).toBe(1);
  });

  it('one of twenty at once takes over a key that was abandoned, for the same message', async () => {
    const at = await open();
    const { userId, key } = newKey();
    const own = await at().keys.take(userId, key, REQUEST, newSend());
    const { keys } = at(ABANDONED_MS);
    expect(await countOf(Array.from({ length: 20 }, () => keys.takeOver(userId, own)))).toBe(1);
    const { id_message, id_reply, takenAtMs } = await keys.take(userId, key, REQUEST, newSend());
    expect({ id_message, id_reply }).toEqual({ id_message: own.id_message, id_reply: own.id_reply });
    expect(takenAtMs).toBeGreaterThan(own.takenAtMs);
  });

  it('a key is given back by who has it alone', async () => {
    const at = await open();
    const { userId, key } = newKey();
    const lost = await at().keys.take(userId, key, REQUEST, newSend());
    const { keys } = at(ABANDONED_MS);
    await keys.takeOver(userId, lost);
    await keys.release(userId, lost);
    const taken = await keys.take(userId, key, REQUEST, newSend());
    expect(taken.isOwn).toBe(false);
    for (const _ of [1, 2]) await keys.release(userId, taken);
    expect((await keys.take(userId, key, `${REQUEST} 2`, newSend())).isOwn).toBe(true);
  });

  it('the key of a deleted message stays taken, and cannot be taken over', async () => {
    const at = await open();
    const { userId, key } = newKey();
    const { keys, messages } = at();
    const own = await keys.take(userId, key, REQUEST, newSend());
    const { id_message, id_reply } = own;
    await messages.put([messageOf(userId, { id_message, id_reply })], { key: own.record });
    await messages.delete({ userId }, id_message);
    const deleted = { ...own, isOwn: false, isDeleted: true };
    expect(await keys.take(userId, key, REQUEST, newSend())).toStrictEqual(deleted);
    expect(await at(ABANDONED_MS).keys.takeOver(userId, own)).toBe(false);
  });
}
