import { describe, expect, it } from 'vitest';
import { newId, newUser } from '../../support/messages.ts';
import { AFTER_LEASE_MS, COMPLETED, LEASE_MS, startedReply } from '../../support/replies.ts';
import type { OpenStores } from '../../support/stores.ts';

/** Replies in progress, and how they end. */
export function describeReplies(open: OpenStores): void {
  describe('extendLease and finishReply', () => {
    it('a heartbeat stores the text so far and extends the lease', async () => {
      const at = await open();
      const { claim, message, run } = await startedReply(at());
      expect(await at().turns.extendLease(run, 'canary so far', 2 * LEASE_MS)).toBe(true);
      const { turns } = at(AFTER_LEASE_MS);
      const streaming = { ...message, content: 'canary so far', status: 'streaming' };
      expect(await turns.getReply(run)).toStrictEqual({ message: streaming, run: 1, isCancelled: false });
      expect(await turns.claimReply(claim, LEASE_MS)).toBeUndefined();
    });

    it('a heartbeat without text leaves the reply pending', async () => {
      const stores = (await open())();
      const { message, run } = await startedReply(stores);
      expect(await stores.turns.extendLease(run, '', LEASE_MS)).toBe(true);
      expect((await stores.turns.getReply(run))?.message).toStrictEqual(message);
    });

    it('a run without a heartbeat reads as interrupted, and may continue until another one starts', async () => {
      const at = await open();
      const { run } = await startedReply(at());
      await at().turns.extendLease(run, 'canary so far', LEASE_MS);
      const { turns } = at(AFTER_LEASE_MS);
      const interrupted = { content: 'canary so far', status: 'interrupted' };
      expect((await turns.getReply(run))?.message).toMatchObject(interrupted);
      expect(await turns.extendLease(run, 'canary so far, and on', LEASE_MS)).toBe(true);
      expect((await turns.getReply(run))?.message.status).toBe('streaming');
    });

    it('an end increments the version, and a retry changes nothing', async () => {
      const stores = (await open())();
      const { turns, messages } = stores;
      const { conversation, message, run } = await startedReply(stores);
      const end = { ...message, ...COMPLETED, version: 2 };
      for (const _ of [1, 2]) expect(await turns.finishReply(run, COMPLETED)).toStrictEqual(end);
      expect(await turns.extendLease(run, 'canary more', LEASE_MS)).toBe(false);
      expect(await turns.finishReply(run, { status: 'failed', content: '' })).toBeUndefined();
      expect(await messages.list(conversation, { limit: 5 })).toStrictEqual({ messages: [end] });
    });

    it('an end stores why the bot finished, or why the reply failed', async () => {
      const stores = (await open())();
      const { turns, messages } = stores;
      const completed = await startedReply(stores);
      const cut = { ...COMPLETED, finish_reason: 'length' } as const;
      expect(await turns.finishReply(completed.run, cut)).toMatchObject(cut);
      const { conversation, message, run } = await startedReply(stores);
      const failed = { ...message, status: 'failed', version: 2 };
      const end = { status: 'failed', content: '', problem: 'bot-misconfigured' } as const;
      expect(await turns.finishReply(run, end)).toStrictEqual(failed);
      expect(await turns.getReply(run)).toMatchObject({ message: failed, problem: 'bot-misconfigured' });
      expect(await messages.get(conversation, run.id_reply)).toStrictEqual(failed);
    });

    it('a superseded run changes nothing', async () => {
      const at = await open();
      const { claim, message, run } = await startedReply(at());
      const { turns } = at(AFTER_LEASE_MS);
      await turns.claimReply(claim, LEASE_MS);
      expect(await turns.extendLease(run, 'canary too late', LEASE_MS)).toBe(false);
      expect(await turns.finishReply(run, COMPLETED)).toBeUndefined();
      await turns.requestCancel(run);
      const second = { message: { ...message, version: 2 }, run: 2, isCancelled: false };
      expect(await turns.getReply(run)).toStrictEqual(second);
      expect(await turns.finishReply({ ...run, run: 2 }, COMPLETED)).toMatchObject({ ...COMPLETED, version: 3 });
      expect(await turns.finishReply(run, COMPLETED)).toBeUndefined();
    });

    it('a reply that is rated while in progress still ends', async () => {
      const stores = (await open())();
      const { conversation, run } = await startedReply(stores);
      await stores.messages.rate(conversation, run.id_reply, { rating: 'up' });
      const end = { ...COMPLETED, version: 3, feedback: { rating: 'up' } };
      expect(await stores.turns.finishReply(run, COMPLETED)).toMatchObject(end);
    });
  });

  describe('requestCancel and deletion', () => {
    it('a cancellation stops one run, but not the next', async () => {
      const stores = (await open())();
      const { turns } = stores;
      const { claim, run } = await startedReply(stores);
      await turns.requestCancel(run);
      expect(await turns.getReply(run)).toMatchObject({ run: 1, isCancelled: true });
      await turns.finishReply(run, { ...COMPLETED, status: 'cancelled' });
      expect(await turns.claimReply(claim, LEASE_MS)).toMatchObject({ run: 3, isCancelled: false });
    });

    it('a reply that has ended cannot be cancelled', async () => {
      const stores = (await open())();
      const { turns } = stores;
      const { run } = await startedReply(stores);
      await turns.finishReply(run, COMPLETED);
      await turns.requestCancel(run);
      expect(await turns.getReply(run)).toMatchObject({ isCancelled: false, message: COMPLETED });
    });

    it('nothing restores a deleted reply, not even concurrently', async () => {
      const stores = (await open())();
      const { messages, turns } = stores;
      for (let round = 0; round < 10; round += 1) {
        const { conversation, run } = await startedReply(stores);
        await Promise.all([turns.finishReply(run, COMPLETED), messages.delete(conversation, run.id_reply)]);
        expect(await turns.extendLease(run, 'canary', LEASE_MS)).toBe(false);
        expect(await turns.finishReply(run, COMPLETED)).toBeUndefined();
        await turns.requestCancel(run);
        expect(await turns.getReply(run)).toBeUndefined();
        expect(await messages.list(conversation, { limit: 5 })).toStrictEqual({ messages: [] });
      }
    });

    it('no user can access replies of another user, or by another conversation', async () => {
      const stores = (await open())();
      const { turns } = stores;
      const { conversation, run } = await startedReply(stores);
      for (const other of [{ userId: newUser() }, { ...conversation, id_conversation: newId() }]) {
        expect(await turns.getReply({ ...run, conversation: other })).toBeUndefined();
        expect(await turns.finishReply({ ...run, conversation: other }, COMPLETED)).toBeUndefined();
      }
    });
  });
}
