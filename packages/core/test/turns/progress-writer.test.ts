import { setTimeout as sleep } from 'node:timers/promises';
import { deferred } from '@async-chatbot/shared/deferred';
import { notifier } from '@async-chatbot/shared/notifier';
import { Problem } from '@async-chatbot/shared/problem';
import { expect, it } from 'vitest';
import type { GenerationRun, TurnStore } from '../../src/ports/turn-store.ts';
import { progressWriter } from '../../src/turns/progress-writer.ts';
import { memoryStores } from '../support/memory-stores.ts';
import { startedReply } from '../support/replies.ts';

const TIMINGS = { leaseMs: 15_000, extendLeaseMs: 60, tickMs: 10 };

/** A writer on stores that must be polled, as in DynamoDB, and what it calls. */
function setUp(overrides: (store: TurnStore) => Partial<TurnStore> = () => ({})) {
  const stores = memoryStores()();
  const calls: string[] = [];
  const store: TurnStore = { ...stores.turns, nextChange: async () => undefined, ...overrides(stores.turns) };
  const observed = new Proxy(store, {
    get: (target, name: keyof TurnStore) => {
      calls.push(name);
      return target[name];
    },
  });
  const writer = progressWriter(observed, TIMINGS);

  /** A run with a bot that emits text. */
  async function start() {
    const { run } = await startedReply(stores);
    const progress = notifier();
    let text = '';
    const stopped: string[] = [];
    const { end } = writer.start(run, { text: () => text, progress, stop: (reason) => stopped.push(reason) });
    const emit = (delta: string) => {
      text += delta;
      progress.notify();
    };
    return { run, emit, end, stopped };
  }

  return { stores, calls, start };
}

const countOf = (calls: string[], name: string) => calls.filter((call) => call === name).length;

it('the chunks and checks of a hundred replies take two calls per tick', async () => {
  const { stores, calls, start } = setUp();
  const replies = await Promise.all(Array.from({ length: 100 }, start));
  for (let tick = 0; tick < 20; tick += 1) {
    for (const { emit } of replies) emit('canary ');
    await sleep(TIMINGS.tickMs);
  }
  await sleep(TIMINGS.tickMs * 3);
  for (const { end } of replies) expect(await end()).toBe(true);
  for (const { run } of replies) expect(await stores.turns.chunksSince(run, 0)).toBe('canary '.repeat(20));
  expect(countOf(calls, 'appendChunks')).toBeLessThanOrEqual(24);
  expect(countOf(calls, 'endedRuns')).toBeGreaterThan(3);
});

it('a failing batch prevents neither leases from being extended nor bots from being stopped', async () => {
  const { stores, calls, start } = setUp(() => ({
    appendChunks: async () => {
      throw new Problem('service-unavailable');
    },
  }));
  const [reply, cancelled] = [await start(), await start()];
  for (const { emit } of [reply, cancelled]) emit('canary');
  await stores.turns.requestCancel(cancelled.run);
  await expect.poll(() => cancelled.stopped).toContain('cancelled');
  const before = countOf(calls, 'extendLease');
  await expect.poll(() => countOf(calls, 'extendLease')).toBeGreaterThan(before + 2);
  expect(reply.stopped).toEqual([]);
  expect(await Promise.all([reply.end(), cancelled.end()])).toEqual([true, true]);
});

it('the end waits for the write in progress, and no write follows', async () => {
  const released = deferred<void>();
  const { calls, start } = setUp((store) => ({
    async appendChunks(chunks) {
      await released.promise;
      return store.appendChunks(chunks);
    },
  }));
  const { emit, end } = await start();
  emit('canary');
  await expect.poll(() => countOf(calls, 'appendChunks')).toBe(1);
  let hasEnded = false;
  const ended = end().then((chunks) => {
    hasEnded = true;
    return chunks;
  });
  await sleep(TIMINGS.tickMs * 3);
  expect(hasEnded).toBe(false);
  released.resolve();
  expect(await ended).toBe(true);
  const before = calls.length;
  await sleep(TIMINGS.tickMs * 5);
  expect(calls.length).toBe(before);
});

it('a long text is stored in several chunks, each smaller than an item of DynamoDB', async () => {
  const sizes: number[] = [];
  const parts: string[] = [];
  const { stores, start } = setUp((store) => ({
    async appendChunks(chunks) {
      sizes.push(...chunks.map(({ text }) => Buffer.byteLength(text)));
      parts.push(...chunks.map(({ text }) => text));
      return store.appendChunks(chunks);
    },
  }));
  // Pairs of code units, at odd positions.
  const text = `.${'😀'.repeat(90_000)}`;
  const { run, emit, end } = await start();
  emit(text);
  await expect.poll(async () => (await stores.turns.chunksSince(run, 0)).length).toBe(text.length);
  expect(await end()).toBe(true);
  expect(sizes.length).toBeGreaterThan(3);
  expect(Math.max(...sizes)).toBeLessThan(400_000);
  expect(parts.every((part) => Buffer.from(part).toString() === part)).toBe(true);
});

it('a run whose chunks are refused delays no other run', async () => {
  let refused: GenerationRun | undefined;
  const { stores, start } = setUp((store) => ({
    appendChunks: (chunks) => store.appendChunks(chunks.filter(({ run }) => run !== refused)),
  }));
  const [throttled, other] = [await start(), await start()];
  refused = throttled.run;
  for (const delta of ['One ', 'two ', 'three ']) {
    for (const { emit } of [throttled, other]) emit(delta);
    await sleep(TIMINGS.tickMs * 3);
  }
  expect(await stores.turns.chunksSince(other.run, 0)).toBe('One two three ');
  expect(await stores.turns.chunksSince(throttled.run, 0)).toBe('');
  refused = undefined;
  await expect.poll(() => stores.turns.chunksSince(throttled.run, 0)).toBe('One two three ');
  await Promise.all([throttled.end(), other.end()]);
});

it('neither chunks nor the end wait for the lease of another run', async () => {
  let slow: GenerationRun | undefined;
  const { stores, start } = setUp((store) => ({
    extendLease: (run, ...lease) => (run === slow ? new Promise(() => undefined) : store.extendLease(run, ...lease)),
  }));
  const [stuck, other] = [await start(), await start()];
  slow = stuck.run;
  for (const { emit } of [stuck, other]) emit('One ');
  await expect.poll(() => stores.turns.chunksSince(other.run, 0)).toBe('One ');
  other.emit('two ');
  await expect.poll(() => stores.turns.chunksSince(other.run, 0)).toBe('One two ');
  expect(await other.end()).toBe(true);
});
