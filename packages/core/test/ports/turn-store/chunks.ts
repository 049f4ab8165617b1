import { expect, it } from 'vitest';
import { newId, newUser } from '../../support/messages.ts';
import { startedReply } from '../../support/replies.ts';
import type { OpenStores } from '../../support/stores.ts';

const newRun = () => ({ conversation: { userId: newUser() }, id_reply: newId(), run: 1 });

/** The chunks of replies in progress. */
export function describeChunks(open: OpenStores): void {
  it('chunks are read as one text in the order of their positions', async () => {
    const { turns } = (await open())();
    const run = newRun();
    // As strings, 9, 10 and 100 have another order.
    const chunks: [number, string][] = [
      [0, 'canary, t'],
      [9, 'w'],
      [10, 'o'.repeat(90)],
      [100, ' three'],
    ];
    for (const [position, chunk] of [...chunks].reverse()) await turns.appendChunks([{ run, position, text: chunk }]);
    expect(await turns.chunksSince(run, 0)).toBe(chunks.map(([, chunk]) => chunk).join(''));
  });

  it('chunks of many runs are stored at once', async () => {
    const { turns } = (await open())();
    const runs = Array.from({ length: 60 }, newRun);
    await turns.appendChunks(runs.map((run, index) => ({ run, position: 0, text: `canary ${index}` })));
    for (const [index, run] of runs.entries()) expect(await turns.chunksSince(run, 0)).toBe(`canary ${index}`);
  });

  it('the text is read from each position on', async () => {
    const { turns } = (await open())();
    const run = newRun();
    const text = 'canary: one, two, three, four, five, six, seven, eight, nine, ten';
    for (let position = 0; position < text.length; position += 5)
      await turns.appendChunks([{ run, position, text: text.slice(position, position + 5) }]);
    for (let position = 0; position < text.length; position += 5)
      expect(await turns.chunksSince(run, position)).toBe(text.slice(position));
    expect(await turns.chunksSince(run, text.length)).toBe('');
  });

  it('a repeated chunk is stored once', async () => {
    const stores = (await open())();
    const { turns } = stores;
    const { run } = await startedReply(stores);
    for (const position of [0, 0, 6, 0]) await turns.appendChunks([{ run, position, text: 'canary' }]);
    expect(await turns.chunksSince(run, 0)).toBe('canarycanary');
    expect(await turns.extendLease(run, 'canarycanary', 60_000)).toBe(true);
    expect((await turns.getReply(run))?.message.content).toBe('canarycanary');
  });

  it('chunks of other runs, replies and users are neither read nor deleted', async () => {
    const { turns } = (await open())();
    const run = newRun();
    const { userId } = run.conversation;
    const others = [
      { ...run, run: 2 },
      { ...run, run: 10 },
      { ...run, run: 11 },
      { ...newRun(), conversation: { userId } },
      { ...run, conversation: { userId: newUser() } },
    ];
    await turns.appendChunks([{ run, position: 0, text: 'canary' }]);
    for (const [index, other] of others.entries())
      await turns.appendChunks([{ run: other, position: 0, text: `canary of another ${index}` }]);
    expect(await turns.chunksSince(run, 0)).toBe('canary');
    await turns.deleteChunks(run);
    expect(await turns.chunksSince(run, 0)).toBe('');
    for (const [index, other] of others.entries())
      expect(await turns.chunksSince(other, 0)).toBe(`canary of another ${index}`);
  });

  it('all chunks are deleted, however many, and the deletion may be repeated', async () => {
    const { turns } = (await open())();
    const run = newRun();
    await Promise.all(Array.from({ length: 60 }, (_, position) => turns.appendChunks([{ run, position, text: '.' }])));
    expect(await turns.chunksSince(run, 0)).toHaveLength(60);
    for (const _ of [1, 2]) await turns.deleteChunks(run);
    expect(await turns.chunksSince(run, 0)).toBe('');
  });

  it('a chunk does not create a message', async () => {
    const { turns, messages } = (await open())();
    const run = newRun();
    await turns.appendChunks([{ run, position: 0, text: 'canary' }]);
    expect(await messages.list(run.conversation, { limit: 5 })).toStrictEqual({ messages: [] });
  });

  it('a late chunk changes neither an ended reply nor the next run', async () => {
    const stores = (await open())();
    const { turns } = stores;
    const { claim, run } = await startedReply(stores);
    const end = await turns.finishReply(run, { status: 'completed', content: 'canary' });
    await turns.appendChunks([{ run, position: 6, text: ' too late' }]);
    expect((await turns.getReply(run))?.message).toStrictEqual(end);
    const next = await turns.claimReply(claim, 60_000);
    await turns.appendChunks([{ run, position: 0, text: 'too late' }]);
    expect(await turns.getReply(run)).toStrictEqual(next);
  });
}
