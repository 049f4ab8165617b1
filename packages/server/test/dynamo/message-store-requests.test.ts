import type { QueryCommandInput, QueryCommandOutput } from '@aws-sdk/lib-dynamodb';
import { expect, inject, it } from 'vitest';
import { history, newUser } from '../../../core/test/support/messages.ts';
import { dynamoClient } from '../../src/dynamo/client.ts';
import { dynamoStores } from '../support/dynamo/dynamo-stores.ts';
import { intercepted } from '../support/dynamo/intercepted.ts';

const { AWS_ENDPOINT_URL_DYNAMODB: endpoint = '', DYNAMO_MESSAGES_TABLE: table = '' } = inject('environment');

/** The stores, and every read they send with its response. */
function observedStores() {
  const reads: { input: QueryCommandInput; output: QueryCommandOutput }[] = [];
  const client = intercepted(dynamoClient({ region: 'local', endpoint }), async ({ name, input }, next) => {
    const output = await next();
    // The casts: all inputs and outputs have the properties that the tests read.
    if (/Get|Query/.test(name)) reads.push({ input: input as QueryCommandInput, output: output as QueryCommandOutput });
    return output;
  });
  return { ...dynamoStores(client, table)(), reads };
}

it('every read is strongly consistent', async () => {
  const { messages, reads } = observedStores();
  await messages.get({ userId: newUser() }, 'none');
  await messages.list({ userId: newUser() }, { limit: 5 });
  expect(reads.map(({ input }) => input.ConsistentRead)).toEqual([true, true]);
});

it('each page takes one query for one more message than its limit', async () => {
  const { messages, turns, reads } = observedStores();
  const user = newUser();
  await history(turns, user, 30);
  const { next_cursor } = await messages.list({ userId: user }, { limit: 20 });
  await messages.list({ userId: user }, { limit: 5, cursor: next_cursor });
  expect(reads.map(({ input }) => input.Limit)).toEqual([21, 6]);
  expect(reads.map(({ output }) => output.Count)).toEqual([21, 6]);
});

it('a page of more than 1 MB takes several queries, each for the missing messages', async () => {
  const { messages, turns, reads } = observedStores();
  const user = newUser();
  await history(turns, user, 30, { content: 'x'.repeat(45_000) });
  await messages.list({ userId: user }, { limit: 29 });
  const [first, second, ...others] = reads;
  expect(others).toEqual([]);
  expect(first?.output.Count).toBeLessThan(30);
  expect(second?.input.Limit).toBe(30 - (first?.output.Count ?? 0));
  expect(second?.input.ExclusiveStartKey).toEqual(first?.output.LastEvaluatedKey);
});
