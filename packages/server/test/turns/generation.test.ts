import { setTimeout as sleep } from 'node:timers/promises';
import type { TurnStore } from '@async-chatbot/core/ports/turn-store';
import { startGeneration } from '@async-chatbot/core/turns/generation';
import { pollReply } from '@async-chatbot/core/turns/poll-reply';
import { expect, inject, it } from 'vitest';
import { startedReply } from '../../../core/test/support/replies.ts';
import { dynamoClient } from '../../src/dynamo/client.ts';
import { dynamoStores } from '../support/dynamo-stores.ts';

const { AWS_ENDPOINT_URL_DYNAMODB: endpoint = '', DYNAMO_MESSAGES_TABLE: table = '' } = inject('environment');
const stores = dynamoStores(dynamoClient({ region: 'local', endpoint }), table)();

it('a subscriber that polls misses nothing, though a chunk was stored and its response lost', async () => {
  const { run } = await startedReply(stores);
  let appends = 0;
  const store: TurnStore = {
    ...stores.turns,
    async appendChunk(...chunk) {
      await stores.turns.appendChunk(...chunk);
      appends += 1;
      if (appends !== 2) return;
      await sleep(100);
      throw new Error('canary: the response was lost');
    },
  };
  const deltas = Array.from({ length: 100 }, (_, index) => `${index} `);
  async function* generate() {
    for (const delta of deltas) {
      await sleep(10);
      yield delta;
    }
  }
  const stored = pollReply(run, stores.turns, 10);
  const { done } = startGeneration(
    run,
    {
      store,
      generate,
      extendLock: async () => undefined,
      onFailure: () => undefined,
      onEnd: async () => undefined,
      stored,
    },
    { leaseMs: 15_000, heartbeatMs: 5000, tickMs: 60 },
  );
  let polled = '';
  for await (const { text } of stored(new AbortController().signal)) {
    expect(deltas.join('').startsWith(text), text).toBe(true);
    polled = text;
  }
  await done;
  expect(polled).toBe(deltas.join(''));
  expect(appends).toBeGreaterThan(2);
});
