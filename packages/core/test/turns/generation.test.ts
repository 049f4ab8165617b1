import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from '@async-chatbot/shared/problem';
import { expect, it } from 'vitest';
import type { Bot } from '../../src/ports/bot.ts';
import type { GenerationRun, TurnStore } from '../../src/ports/turn-store.ts';
import { startGeneration } from '../../src/turns/generation.ts';
import { pollReply } from '../../src/turns/poll-reply.ts';
import { progressWriter } from '../../src/turns/progress-writer.ts';
import { memoryStores } from '../support/memory-stores.ts';
import { messageOf } from '../support/messages.ts';
import { startedReply } from '../support/replies.ts';

const TIMINGS = { leaseMs: 15_000, extendLeaseMs: 5000, tickMs: 10 };

const generate = (run: GenerationRun, bot: Bot, store: TurnStore) =>
  startGeneration(
    run,
    {
      message: messageOf(run.conversation.userId),
      admission: { lock: undefined, reservation: undefined, freeSlot: undefined },
      history: async () => [],
      isStreamed: true,
    },
    {
      bot,
      store,
      writer: progressWriter(store, TIMINGS),
      onFailure: () => undefined,
    },
    TIMINGS,
  );

it('a subscriber that polls misses nothing if the response of a stored chunk is lost', async () => {
  const stores = memoryStores()();
  const { run } = await startedReply(stores);
  let appends = 0;
  const store: TurnStore = {
    ...stores.turns,
    async appendChunks(chunks) {
      const stored = await stores.turns.appendChunks(chunks);
      appends += 1;
      if (appends !== 2) return stored;
      await sleep(20);
      throw new Error('canary: the response was lost');
    },
  };
  const deltas = Array.from({ length: 100 }, (_, index) => `${index} `);
  async function* bot() {
    for (const delta of deltas) {
      await sleep(2);
      yield delta;
    }
  }
  const { done } = generate(run, bot, store);
  const stored = pollReply(run, stores.turns, 10);
  let polled = '';
  for await (const { text } of stored(new AbortController().signal)) {
    expect(deltas.join('').startsWith(text), text).toBe(true);
    polled = text;
  }
  await done;
  expect(polled).toBe(deltas.join(''));
  expect(appends).toBeGreaterThan(2);
});

it('chunks stay if the end cannot be stored, so that no text is lost', async () => {
  const stores = memoryStores()();
  const { run } = await startedReply(stores);
  const store: TurnStore = {
    ...stores.turns,
    async finishReply() {
      throw new Error('canary: DynamoDB is unavailable');
    },
  };
  async function* bot() {
    yield 'canary';
    await sleep(50);
    yield ' and more';
    await sleep(50);
  }
  const { done } = generate(run, bot, store);
  await done;
  expect(await stores.turns.chunksSince(run, 0)).toBe('canary and more');
});

it('the end is stored when the store is available again', async () => {
  const stores = memoryStores()();
  const { run } = await startedReply(stores);
  let attempts = 0;
  const store: TurnStore = {
    ...stores.turns,
    async finishReply(...end) {
      attempts += 1;
      if (attempts < 4) throw new Problem('service-unavailable');
      return stores.turns.finishReply(...end);
    },
  };
  async function* bot() {
    yield 'canary';
  }
  const { done } = generate(run, bot, store);
  await done;
  expect(attempts).toBe(4);
  expect((await stores.turns.getReply(run))?.message).toMatchObject({ content: 'canary', status: 'completed' });
});
