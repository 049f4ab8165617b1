import { describe, expect, it } from 'vitest';
import { newId, newUser } from '../messages/samples.ts';
import type { OpenPorts } from './ports.ts';
import { describeClaims } from './replies-claims.ts';
import { AFTER_LEASE_MS, begun, done, LEASE_MS } from './reply-samples.ts';

/** What every adapter of the port `ReplyStore` must do. */
export function describeReplies(open: OpenPorts): void {
  describe('claim', () => describeClaims(open));

  describe('keep and finish', () => {
    it('what is there so far is shown, and the writing believed in for longer', async () => {
      const at = await open();
      const { thread, reply, id, message, writing } = await begun(at());
      expect(await at().replies.keep(writing, 'canary so far', 2 * LEASE_MS)).toBe(true);
      const later = at(AFTER_LEASE_MS).replies;
      const kept = { ...message, content: 'canary so far', status: 'streaming' };
      expect(await later.get(thread, id)).toStrictEqual({ message: kept, run: 1, isCancelled: false });
      expect(await later.claim(thread, reply, LEASE_MS)).toBeUndefined();
    });

    it('a writing without a sign of life reads as interrupted, and may go on while nobody takes it over', async () => {
      const at = await open();
      const { thread, id, writing } = await begun(at());
      await at().replies.keep(writing, 'canary so far', LEASE_MS);
      const later = at(AFTER_LEASE_MS).replies;
      const interrupted = { content: 'canary so far', status: 'interrupted' };
      expect((await later.get(thread, id))?.message).toMatchObject(interrupted);
      expect(await later.keep(writing, 'canary so far, and on', LEASE_MS)).toBe(true);
      expect((await later.get(thread, id))?.message.status).toBe('streaming');
    });

    it('an end is one version more, and stays when it is repeated', async () => {
      const ports = (await open())();
      const { replies, messages } = ports;
      const { thread, message, writing } = await begun(ports);
      const end = { ...message, ...done, version: 2 };
      for (const _ of [1, 2]) expect(await replies.finish(writing, done)).toStrictEqual(end);
      expect(await replies.keep(writing, 'canary more', LEASE_MS)).toBe(false);
      expect(await replies.finish(writing, { status: 'failed', content: '' })).toBeUndefined();
      expect(await messages.list(thread, { limit: 5 })).toStrictEqual({ messages: [end] });
    });

    it('a writing that was taken over counts for nothing', async () => {
      const at = await open();
      const { thread, reply, id, message, writing } = await begun(at());
      const later = at(AFTER_LEASE_MS).replies;
      await later.claim(thread, reply, LEASE_MS);
      expect(await later.keep(writing, 'canary too late', LEASE_MS)).toBe(false);
      expect(await later.finish(writing, done)).toBeUndefined();
      await later.cancel(writing);
      const anew = { message: { ...message, version: 2 }, run: 2, isCancelled: false };
      expect(await later.get(thread, id)).toStrictEqual(anew);
      expect(await later.finish({ ...writing, run: 2 }, done)).toMatchObject({ ...done, version: 3 });
      expect(await later.finish(writing, done)).toBeUndefined();
    });

    it('a reply that is rated while it is written is finished all the same', async () => {
      const ports = (await open())();
      const { thread, id, writing } = await begun(ports);
      await ports.messages.rate(thread, id, { rating: 'up' });
      const end = { ...done, version: 3, feedback: { rating: 'up' } };
      expect(await ports.replies.finish(writing, done)).toMatchObject(end);
    });
  });

  describe('cancel and delete', () => {
    it('a wish to stop is for one writing, and not for the next', async () => {
      const ports = (await open())();
      const { replies } = ports;
      const { thread, reply, id, writing } = await begun(ports);
      await replies.cancel(writing);
      expect(await replies.get(thread, id)).toMatchObject({ run: 1, isCancelled: true });
      await replies.finish(writing, { ...done, status: 'cancelled' });
      expect(await replies.claim(thread, reply, LEASE_MS)).toMatchObject({ run: 3, isCancelled: false });
    });

    it('a reply that has ended cannot be stopped', async () => {
      const ports = (await open())();
      const { replies } = ports;
      const { thread, id, writing } = await begun(ports);
      await replies.finish(writing, done);
      await replies.cancel(writing);
      expect(await replies.get(thread, id)).toMatchObject({ isCancelled: false, message: done });
    });

    it('a deleted reply is brought back by nothing that is still being written, however close they are', async () => {
      const ports = (await open())();
      const { messages, replies } = ports;
      for (let round = 0; round < 10; round += 1) {
        const { thread, id, writing } = await begun(ports);
        await Promise.all([replies.finish(writing, done), messages.delete(thread, id)]);
        expect(await replies.keep(writing, 'canary', LEASE_MS)).toBe(false);
        expect(await replies.finish(writing, done)).toBeUndefined();
        await replies.cancel(writing);
        expect(await replies.get(thread, id)).toBeUndefined();
        expect(await messages.list(thread, { limit: 5 })).toStrictEqual({ messages: [] });
      }
    });

    it('nobody reaches the replies of somebody else, nor those of another conversation', async () => {
      const ports = (await open())();
      const { thread, id, writing } = await begun(ports);
      for (const other of [{ userId: newUser() }, { ...thread, id_conversation: newId() }]) {
        expect(await ports.replies.get(other, id)).toBeUndefined();
        expect(await ports.replies.finish({ ...writing, thread: other }, done)).toBeUndefined();
      }
    });
  });
}
