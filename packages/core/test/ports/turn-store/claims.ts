import { expect, it } from 'vitest';
import { countOf } from '../../support/count-of.ts';
import { messageOf, newId } from '../../support/messages.ts';
import { AFTER_LEASE_MS, LEASE_MS, newClaim, startedReply } from '../../support/replies.ts';
import type { OpenStores } from '../../support/stores.ts';

/** Which run generates a reply. */
export function describeClaims(open: OpenStores): void {
  it('one of twenty concurrent claims of a new reply succeeds', async () => {
    const { turns } = (await open())();
    const claim = newClaim();
    expect(await countOf(Array.from({ length: 20 }, () => turns.claimReply(claim, LEASE_MS)))).toBe(1);
  });

  it('a claim of a reply in progress fails and changes nothing', async () => {
    const stores = (await open())();
    const { claim, message } = await startedReply(stores);
    expect(await stores.turns.claimReply({ ...claim, timestamp: 'later' }, LEASE_MS)).toBeUndefined();
    expect((await stores.turns.getReply(claim))?.message).toStrictEqual(message);
  });

  it('one of twenty concurrent claims of a reply whose lease has ended starts the next run', async () => {
    const at = await open();
    const { claim, message } = await startedReply(at());
    const { turns } = at(AFTER_LEASE_MS);
    const claims = Array.from({ length: 20 }, () => turns.claimReply(claim, LEASE_MS));
    const claimed = (await Promise.all(claims)).filter(Boolean);
    expect(claimed).toStrictEqual([{ message: { ...message, version: 2 }, run: 2, isCancelled: false }]);
  });

  it('a reply created with its message belongs to its first run until the lease ends', async () => {
    const at = await open();
    const claim = newClaim();
    const { conversation, id_reply, reply_to } = claim;
    const pending = { id_message: id_reply, reply_to, is_bot: true, content: '', status: 'pending' } as const;
    await at().turns.create([messageOf(conversation.userId, pending)], { leaseMs: LEASE_MS });
    expect(await at().turns.getReply(claim)).toMatchObject({ run: 1, message: { status: 'pending' } });
    expect(await at().turns.claimReply(claim, LEASE_MS)).toBeUndefined();
    expect(await at(AFTER_LEASE_MS).turns.claimReply(claim, LEASE_MS)).toMatchObject({ run: 2 });
  });

  it('a reply in a conversation keeps its id_conversation through every run', async () => {
    const at = await open();
    const claim = newClaim();
    const conversation = { ...claim.conversation, id_conversation: newId() };
    const inConversation = { ...claim, conversation };
    for (const aheadMs of [0, AFTER_LEASE_MS]) {
      const claimed = await at(aheadMs).turns.claimReply(inConversation, LEASE_MS);
      expect(claimed?.message).toMatchObject({ id_conversation: conversation.id_conversation });
    }
    expect(await at().turns.getReply(claim)).toBeUndefined();
  });

  it.each(['completed', 'failed', 'cancelled', 'interrupted'] as const)(
    'the next run of a %s reply starts without content and rating',
    async (status) => {
      const stores = (await open())();
      const { turns, messages } = stores;
      const { claim, conversation, message, run } = await startedReply(stores);
      const end = { status, content: 'canary', finish_reason: 'stop', problem: 'bot-unavailable' } as const;
      await turns.finishReply(run, end);
      expect(await messages.rate(conversation, run.id_reply, { rating: 'up' })).toBeDefined();
      expect(await turns.claimReply(claim, LEASE_MS)).toStrictEqual({
        message: { ...message, version: 4 },
        run: 4,
        isCancelled: false,
      });
    },
  );
}
