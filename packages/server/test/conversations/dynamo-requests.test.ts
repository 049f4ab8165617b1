import type { QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { expect, inject, it } from 'vitest';
import { dynamoClient } from '../../src/dynamo/client.ts';
import { dynamoConversations } from '../../src/dynamo/conversation-store.ts';
import { newId, newUser } from '../messages/samples.ts';
import { conversationOf, conversationsOf, talk, worldAt } from './samples.ts';

const { AWS_ENDPOINT_URL_DYNAMODB: endpoint = '', DYNAMO_MESSAGES_TABLE: table = '' } = inject('environment');

/** A store, and every request it sends. */
function observedStore() {
  const requests: { name: string; input: QueryCommandInput }[] = [];
  const client = dynamoClient({ region: 'local', endpoint });
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      (sent) => {
        // The cast: what is looked at of an input is alike in all of them.
        requests.push({ name: commandName.replace('Command', ''), input: sent.input as QueryCommandInput });
        return next(sent);
      },
    { step: 'initialize' },
  );
  return { store: dynamoConversations(client, { table }, () => new Date()), requests };
}

it('every read is strongly consistent, which emulators are without being asked', async () => {
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

it('a page costs one query for one conversation more than it holds', async () => {
  const { store, requests } = observedStore();
  const user = newUser();
  await conversationsOf(worldAt(endpoint, table).store, user, 30);
  const { next_cursor } = await store.list(user, { limit: 20 });
  await store.list(user, { limit: 5, cursor: next_cursor });
  expect(requests.map(({ input }) => input.Limit)).toEqual([21, 6]);
});

it('messages cost nothing but their place in a batch of 25, and their texts are not read', async () => {
  const { store, requests } = observedStore();
  const [user, conversation] = [newUser(), conversationOf()];
  await store.create(user, conversation);
  await talk(worldAt(endpoint, table), user, conversation.id_conversation, 50);
  requests.length = 0;
  await store.delete(user, conversation.id_conversation);
  const found = ['Query', 'BatchWriteItem'];
  const names = ['UpdateItem', ...found, ...found, 'Query', 'DeleteItem', 'DeleteItem'];
  expect(requests.map(({ name }) => name)).toEqual(names);
  const queries = requests.filter(({ name }) => name === 'Query');
  expect(queries.map(({ input }) => input.ProjectionExpression)).toEqual(queries.map(() => 'pk, sk'));
});

it('each change costs one request', async () => {
  const { store, requests } = observedStore();
  const [user, conversation] = [newUser(), conversationOf()];
  const { id_conversation } = conversation;
  await store.create(user, conversation);
  await store.touch(user, id_conversation, { title: 'canary', at: conversation.created_at });
  await store.rename(user, id_conversation, { title: 'canary', updated_at: conversation.created_at });
  expect(requests.map(({ name }) => name)).toEqual(['PutItem', 'UpdateItem', 'UpdateItem']);
});
