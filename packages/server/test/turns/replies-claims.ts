import { expect, it } from 'vitest';
import { messageOf } from '../messages/samples.ts';
import { countOf, type OpenPorts } from './ports.ts';
import { AFTER_LEASE_MS, begun, LEASE_MS, newReply } from './reply-samples.ts';

/** Who may write a reply. */
export function describeClaims(open: OpenPorts): void {
  it('one of twenty at once gets a reply that is not there', async () => {
    const { replies } = (await open())();
    const { thread, reply } = newReply();
    const claims = Array.from({ length: 20 }, () => replies.claim(thread, reply, LEASE_MS));
    expect(await countOf(claims)).toBe(1);
  });

  it('a reply that is being written is refused, and nothing of it changes', async () => {
    const ports = (await open())();
    const { thread, reply, id, message } = await begun(ports);
    expect(await ports.replies.claim(thread, { ...reply, timestamp: 'later' }, LEASE_MS)).toBeUndefined();
    expect((await ports.replies.get(thread, id))?.message).toStrictEqual(message);
  });

  it('one of twenty at once gets a reply whose lease has run out, to write it anew', async () => {
    const at = await open();
    const { thread, reply, message } = await begun(at());
    const later = at(AFTER_LEASE_MS).replies;
    const claims = Array.from({ length: 20 }, () => later.claim(thread, reply, LEASE_MS));
    const claimed = (await Promise.all(claims)).filter(Boolean);
    expect(claimed).toStrictEqual([{ message: { ...message, version: 2 }, run: 2, isCancelled: false }]);
  });

  it('a reply that was put with its message is its writer’s until the lease runs out', async () => {
    const at = await open();
    const { thread, reply, id } = newReply();
    await at().messages.put([messageOf(thread.userId, { ...reply, is_bot: true, content: '', status: 'pending' })], {
      leaseMs: LEASE_MS,
    });
    expect(await at().replies.get(thread, id)).toMatchObject({ run: 1, message: { status: 'pending' } });
    expect(await at().replies.claim(thread, reply, LEASE_MS)).toBeUndefined();
    expect(await at(AFTER_LEASE_MS).replies.claim(thread, reply, LEASE_MS)).toMatchObject({ run: 2 });
  });

  it.each(['completed', 'failed', 'cancelled', 'interrupted'] as const)(
    'a reply that has ended as %s is written anew, without what was thought of it',
    async (status) => {
      const ports = (await open())();
      const { replies, messages } = ports;
      const { thread, reply, id, writing, message } = await begun(ports);
      await replies.finish(writing, { status, content: 'canary' });
      expect(await messages.rate(thread, id, { rating: 'up' })).toBeDefined();
      expect(await replies.claim(thread, reply, LEASE_MS)).toStrictEqual({
        message: { ...message, version: 4 },
        run: 4,
        isCancelled: false,
      });
    },
  );
}
