import { expect, it } from 'vitest';
import { AFTER_LEASE_MS, COMPLETED, LEASE_MS, startedReply } from '../../support/replies.ts';
import type { OpenStores } from '../../support/stores.ts';

/** How a subscriber learns of changes to a reply. */
export function describeNextChange(open: OpenStores): void {
  it('resolves no later than the next change of the reply, whatever the change', async () => {
    const at = await open();
    const { turns, messages } = at();
    const { claim, conversation, run } = await startedReply(at());
    const next = { ...run, run: 2 };
    for (const change of [
      () => turns.extendLease(run, 'canary', LEASE_MS),
      () => turns.appendChunks([{ run, position: 6, text: ' more' }]),
      () => turns.requestCancel(run),
      () => at(AFTER_LEASE_MS).turns.claimReply(claim, LEASE_MS),
      () => turns.finishReply(next, COMPLETED),
      () => messages.delete(conversation, run.id_reply),
    ]) {
      const changed = turns.nextChange(run);
      await change();
      await changed;
    }
    expect(await turns.getReply(run)).toBeUndefined();
  });

  it('resolves when the reply is deleted with its message, its conversation or its user', async () => {
    const stores = (await open())();
    const { turns, messages } = stores;
    const { conversation, message, run } = await startedReply(stores);
    const { id_reply } = run;
    await turns.create([{ ...message, id_message: message.reply_to ?? '', is_bot: false, id_reply }], {
      leaseMs: LEASE_MS,
    });
    const deleted = turns.nextChange(run);
    expect(await messages.delete(conversation, message.reply_to ?? '')).toBe('deleted');
    await deleted;
    const { run: other } = await startedReply(stores);
    const allDeleted = turns.nextChange(other);
    await messages.deleteAll(other.conversation.userId);
    await allDeleted;
    expect(await turns.getReply(other)).toBeUndefined();
  });
}
