import { expect, it } from 'vitest';
import type { GenerationRun } from '../../../src/ports/turn-store.ts';
import { COMPLETED, LEASE_MS, startedReply } from '../../support/replies.ts';
import type { OpenStores } from '../../support/stores.ts';

/** Which of the runs of a process must stop. */
export function describeEndedRuns(open: OpenStores): void {
  it('cancelled, superseded and deleted runs have ended; the others are still current', async () => {
    const stores = (await open())();
    const { turns, messages } = stores;
    const [current, cancelled, superseded, deleted] = await Promise.all(
      [1, 2, 3, 4].map(async () => (await startedReply(stores)).run),
    );
    if (!current || !cancelled || !superseded || !deleted) throw new Error('No replies');
    await turns.requestCancel(cancelled);
    await turns.finishReply(superseded, COMPLETED);
    const claim = { ...superseded, reply_to: superseded.id_reply, timestamp: new Date().toISOString() };
    const next = { ...superseded, run: (await turns.claimReply(claim, LEASE_MS))?.run ?? 0 };
    await messages.delete(deleted.conversation, deleted.id_reply);
    const runs = [current, cancelled, superseded, next, deleted];
    expect(await turns.endedRuns(runs)).toStrictEqual([cancelled, superseded, deleted]);
  });

  it('accepts any number of runs, in any order, and none', async () => {
    const stores = (await open())();
    const started: GenerationRun[] = [];
    for (let index = 0; index < 120; index += 1) started.push((await startedReply(stores)).run);
    const cancelled = started.filter((_, index) => index % 7 === 0);
    for (const run of cancelled) await stores.turns.requestCancel(run);
    expect(await stores.turns.endedRuns(started)).toStrictEqual(cancelled);
    expect(await stores.turns.endedRuns([])).toStrictEqual([]);
  });
}
