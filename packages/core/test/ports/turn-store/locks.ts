import { expect, it } from 'vitest';
import { countOf } from '../../support/count-of.ts';
import { newId, newUser } from '../../support/messages.ts';
import { AFTER_LEASE_MS, LEASE_MS } from '../../support/replies.ts';
import type { OpenStores } from '../../support/stores.ts';

/** Replies of one conversation. */
const newReplies = () => {
  const conversation = { userId: newUser() };
  return () => ({ conversation, holder: newId() });
};

/** Conversation locks. */
export function describeLocks(open: OpenStores): void {
  it('one of twenty concurrent replies locks a conversation, and no later one can', async () => {
    const { turns } = (await open())();
    const newReply = newReplies();
    expect(await countOf(Array.from({ length: 20 }, () => turns.lock(newReply(), LEASE_MS)))).toBe(1);
    expect(await turns.lock(newReply(), LEASE_MS)).toBe(false);
  });

  it('the same reply can lock again, which extends the lease', async () => {
    const at = await open();
    const newReply = newReplies();
    const reply = newReply();
    for (const leaseMs of [LEASE_MS, 2 * LEASE_MS]) expect(await at().turns.lock(reply, leaseMs)).toBe(true);
    expect(await at(AFTER_LEASE_MS).turns.lock(newReply(), LEASE_MS)).toBe(false);
  });

  it('one of twenty concurrent replies takes a lock whose lease has ended, and its last owner cannot', async () => {
    const at = await open();
    const newReply = newReplies();
    const reply = newReply();
    await at().turns.lock(reply, LEASE_MS);
    const { turns } = at(AFTER_LEASE_MS);
    expect(await countOf(Array.from({ length: 20 }, () => turns.lock(newReply(), LEASE_MS)))).toBe(1);
    expect(await turns.lock(reply, LEASE_MS)).toBe(false);
  });

  it('only the reply with the lock can unlock the conversation, and may repeat that', async () => {
    const { turns } = (await open())();
    const newReply = newReplies();
    const [reply, other] = [newReply(), newReply()];
    await turns.lock(reply, LEASE_MS);
    await turns.unlock(other);
    expect(await turns.lock(other, LEASE_MS)).toBe(false);
    await turns.unlock(reply);
    expect(await turns.lock(other, LEASE_MS)).toBe(true);
    await turns.unlock(reply);
    expect(await turns.lock(reply, LEASE_MS)).toBe(false);
  });

  it('each conversation of each user has its own lock', async () => {
    const { turns } = (await open())();
    const userId = newUser();
    const conversations = [{ userId }, { userId, id_conversation: newId() }, { userId, id_conversation: newId() }];
    for (const conversation of [...conversations, { ...conversations[1], userId: newUser() }])
      expect(await turns.lock({ conversation, holder: newId() }, LEASE_MS)).toBe(true);
  });
}
