import type { QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { expect, inject, it } from 'vitest';
import {
  conversationOf,
  LATER,
  storedConversations,
  storedMessages,
} from '../../../core/test/support/conversations.ts';
import { newId, newUser } from '../../../core/test/support/messages.ts';
import { dynamoClient } from '../../src/dynamo/client.ts';
import { dynamoStores } from '../support/dynamo/dynamo-stores.ts';
import { intercepted } from '../support/dynamo/intercepted.ts';

const { AWS_ENDPOINT_URL_DYNAMODB: endpoint = '', DYNAMO_MESSAGES_TABLE: table = '' } = inject('environment');

const DAY_MS = 86_400_000;

const unobserved = dynamoStores(dynamoClient({ region: 'local', endpoint }), table)();

/** A store, and every request it sends. */
function observedStore() {
  const requests: { name: string; input: QueryCommandInput }[] = [];
  const client = intercepted(dynamoClient({ region: 'local', endpoint }), ({ name, input }, next) => {
    // The cast: all inputs have the properties that the tests read.
    requests.push({ name, input: input as QueryCommandInput });
    return next();
  });
  return { store: dynamoStores(client, table)().conversations, requests };
}

it('every read is strongly consistent', async () => {
  const { store, requests } = observedStore();
  const [user, conversation] = [newUser(), conversationOf()];
  await store.create(user, conversation);
  await store.get(user, newId());
  await store.list(user, { limit: 5 });
  await store.delete(user, conversation.id_conversation);
  const reads = requests.filter(({ name }) => /^(Get|Query)/.test(name));
  expect(reads.map(({ name, input }) => [name, input.ConsistentRead])).toEqual([
    ['GetItem', true],
    ['Query', true],
    ['Query', true],
  ]);
});

it('a page takes one query of the index for one more conversation than its limit', async () => {
  const { store, requests } = observedStore();
  const user = newUser();
  const all = await storedConversations(unobserved.conversations, user, 30);
  for (const { id_conversation } of all.slice(10, 20))
    await unobserved.conversations.touch(user, id_conversation, { title: 'canary', at: LATER });
  for (const { id_conversation } of all.slice(0, 3)) await unobserved.conversations.delete(user, id_conversation);
  const { next_cursor } = await store.list(user, { limit: 20 });
  await store.list(user, { limit: 5, cursor: next_cursor });
  const sent = requests.map(({ name, input }) => [name, input.IndexName, input.ConsistentRead, input.Limit]);
  expect(sent).toEqual([
    ['Query', 'by-activity', true, 21],
    ['Query', 'by-activity', true, 6],
  ]);
});

it('a few queries skip many expired conversations', async () => {
  const { store, requests } = observedStore();
  const user = newUser();
  const current = await storedConversations(unobserved.conversations, user, 3);
  const past = dynamoStores(dynamoClient({ region: 'local', endpoint }), table, 1)(-2 * DAY_MS).conversations;
  const before = new Date(Date.now() - 2 * DAY_MS).toISOString();
  const expired = Array.from({ length: 150 }, () => conversationOf({ updated_at: before }));
  await Promise.all(expired.map((each) => past.create(user, each)));
  expect(await store.list(user, { limit: 3 })).toStrictEqual({ conversations: current });
  expect(requests.map(({ input }) => input.Limit)).toEqual([4, 100, 100]);
});

it('a page by id takes one query of the table', async () => {
  const { store, requests } = observedStore();
  const user = newUser();
  await storedConversations(unobserved.conversations, user, 30);
  const { next_cursor } = await store.listById(user, { limit: 20 });
  await store.listById(user, { limit: 5, cursor: next_cursor });
  const sent = requests.map(({ name, input }) => [name, input.IndexName, input.ConsistentRead, input.Limit]);
  expect(sent).toEqual([
    ['Query', undefined, true, 21],
    ['Query', undefined, true, 6],
  ]);
});

it('a deletion deletes messages in batches of 25, and reads no text', async () => {
  const { store, requests } = observedStore();
  const [user, conversation] = [newUser(), conversationOf()];
  await store.create(user, conversation);
  await storedMessages(unobserved, { userId: user, id_conversation: conversation.id_conversation }, 49);
  requests.length = 0;
  await store.delete(user, conversation.id_conversation);
  const found = ['Query', 'BatchWriteItem'];
  const names = ['UpdateItem', 'PutItem', ...found, ...found, 'BatchWriteItem'];
  expect(requests.map(({ name }) => name)).toEqual(names);
  const queries = requests.filter(({ name }) => name === 'Query');
  expect(queries.map(({ input }) => input.ProjectionExpression)).toEqual(queries.map(() => 'pk, sk'));
});

it('each change takes one request', async () => {
  const { store, requests } = observedStore();
  const [user, conversation] = [newUser(), conversationOf()];
  const { id_conversation } = conversation;
  await store.create(user, conversation);
  await store.touch(user, id_conversation, { title: 'canary', at: conversation.created_at });
  await store.rename(user, id_conversation, { title: 'canary', updated_at: conversation.created_at });
  expect(requests.map(({ name }) => name)).toEqual(['PutItem', 'UpdateItem', 'UpdateItem']);
});

it('a late change takes a second request', async () => {
  const { store, requests } = observedStore();
  const [user, conversation] = [newUser(), conversationOf({ updated_at: LATER })];
  await store.create(user, conversation);
  await store.touch(user, conversation.id_conversation, { title: 'canary', at: conversation.created_at });
  expect(requests.map(({ name }) => name)).toEqual(['PutItem', 'UpdateItem', 'UpdateItem']);
});
