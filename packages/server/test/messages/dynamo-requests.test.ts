import type { QueryCommandInput, QueryCommandOutput } from '@aws-sdk/lib-dynamodb';
import { expect, inject, it } from 'vitest';
import { dynamoClient } from '../../src/dynamo/client.ts';
import { dynamoStore } from '../../src/dynamo/message-store.ts';
import { history, newUser } from './samples.ts';

const { AWS_ENDPOINT_URL_DYNAMODB: endpoint = '', DYNAMO_MESSAGES_TABLE: table = '' } = inject('environment');

/** A store, and every read it sends with what came back. */
function observedStore() {
  const reads: { input: QueryCommandInput; output: QueryCommandOutput }[] = [];
  const client = dynamoClient({ region: 'local', endpoint });
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (sent) => {
        const result = await next(sent);
        const { input, output } = { ...sent, ...result } as { input: QueryCommandInput; output: QueryCommandOutput };
        if (/Get|Query/.test(commandName ?? '')) reads.push({ input, output });
        return result;
      },
    { step: 'initialize' },
  );
  return { store: dynamoStore(client, { table }, () => new Date()), reads };
}

it('every read is strongly consistent, which emulators are without being asked', async () => {
  const { store, reads } = observedStore();
  await store.get({ userId: newUser() }, 'none');
  await store.list({ userId: newUser() }, { limit: 5 });
  expect(reads.map(({ input }) => input.ConsistentRead)).toEqual([true, true]);
});

it('a page costs one query for one message more than it holds, wherever in the history it is', async () => {
  const { store, reads } = observedStore();
  const user = newUser();
  await history(store, user, 30);
  const { next_cursor } = await store.list({ userId: user }, { limit: 20 });
  await store.list({ userId: user }, { limit: 5, cursor: next_cursor });
  expect(reads.map(({ input }) => input.Limit)).toEqual([21, 6]);
  expect(reads.map(({ output }) => output.Count)).toEqual([21, 6]);
});

it('a page of more than 1 MB is asked for in parts, each time for what is still missing', async () => {
  const { store, reads } = observedStore();
  const user = newUser();
  await history(store, user, 30, { content: 'x'.repeat(45_000) });
  await store.list({ userId: user }, { limit: 29 });
  const [first, second, ...others] = reads;
  expect(others).toEqual([]);
  expect(first?.output.Count).toBeLessThan(30);
  expect(second?.input.Limit).toBe(30 - (first?.output.Count ?? 0));
  expect(second?.input.ExclusiveStartKey).toEqual(first?.output.LastEvaluatedKey);
});
