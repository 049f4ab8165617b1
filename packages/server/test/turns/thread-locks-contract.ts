import { expect, it } from 'vitest';
import { newId, newUser } from '../messages/samples.ts';
import { countOf, type OpenPorts } from './ports.ts';

const LEASE_MS = 60_000;
const AFTER_LEASE_MS = LEASE_MS + 1000;

/** What every adapter of the port `ThreadLocks` must do. */
export function describeThreadLocks(open: OpenPorts): void {
  it('one of twenty at once takes a lock, and then nobody else', async () => {
    const { locks } = (await open())();
    const thread = { userId: newUser() };
    expect(await countOf(Array.from({ length: 20 }, () => locks.take(thread, newId(), LEASE_MS)))).toBe(1);
    expect(await locks.take(thread, newId(), LEASE_MS)).toBe(false);
  });

  it('the same reply takes it again, and has it for longer', async () => {
    const at = await open();
    const [thread, reply] = [{ userId: newUser() }, newId()];
    for (const leaseMs of [LEASE_MS, 2 * LEASE_MS]) expect(await at().locks.take(thread, reply, leaseMs)).toBe(true);
    expect(await at(AFTER_LEASE_MS).locks.take(thread, newId(), LEASE_MS)).toBe(false);
  });

  it('one of twenty at once takes a lock whose lease has run out, and its last owner does not get it back', async () => {
    const at = await open();
    const [thread, reply] = [{ userId: newUser() }, newId()];
    await at().locks.take(thread, reply, LEASE_MS);
    const { locks } = at(AFTER_LEASE_MS);
    expect(await countOf(Array.from({ length: 20 }, () => locks.take(thread, newId(), LEASE_MS)))).toBe(1);
    expect(await locks.take(thread, reply, LEASE_MS)).toBe(false);
  });

  it('its own reply alone releases it, and may do so again', async () => {
    const { locks } = (await open())();
    const [thread, reply, other] = [{ userId: newUser() }, newId(), newId()];
    await locks.take(thread, reply, LEASE_MS);
    await locks.release(thread, other);
    expect(await locks.take(thread, other, LEASE_MS)).toBe(false);
    await locks.release(thread, reply);
    expect(await locks.take(thread, other, LEASE_MS)).toBe(true);
    await locks.release(thread, reply);
    expect(await locks.take(thread, reply, LEASE_MS)).toBe(false);
  });

  it('every conversation of every user has a lock of its own', async () => {
    const { locks } = (await open())();
    const userId = newUser();
    const threads = [{ userId }, { userId, id_conversation: newId() }, { userId, id_conversation: newId() }];
    for (const thread of [...threads, { ...threads[1], userId: newUser() }])
      expect(await locks.take(thread, newId(), LEASE_MS)).toBe(true);
  });
}
