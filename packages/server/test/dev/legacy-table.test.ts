import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { CreateTableCommand, ListTablesCommand, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import dynalite from 'dynalite';
import { expect, it, onTestFinished, vi } from 'vitest';
import { allPages, idsOf, newId, newUser } from '../../../core/test/support/messages.ts';
import { embeddedDynamo } from '../../dev/dynamo.ts';
import { localClient } from '../../dev/messages-table.ts';
import { dynamoClient } from '../../src/dynamo/client.ts';
import { dynamoStores } from '../support/dynamo/dynamo-stores.ts';
import { poolFolder } from '../support/servers/cognito-pool.ts';

/** Writes the table of an earlier version, as it left it in the data folder. */
async function writeLegacyTable(dataDir: string, items: object[]): Promise<void> {
  const path = join(dataDir, 'dynamo');
  await mkdir(path, { recursive: true });
  const server = dynalite({ path, createTableMs: 0 }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = localClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const table = { TableName: 'Messages' };
  const create = new CreateTableCommand({
    ...table,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
  });
  await client.send(create);
  await waitUntilTableExists({ client, maxWaitTime: 30, minDelay: 1 }, table);
  const documents = DynamoDBDocumentClient.from(client);
  for (let from = 0; from < items.length; from += 25) {
    const puts = items.slice(from, from + 25).map((Item) => ({ PutRequest: { Item } }));
    await documents.send(new BatchWriteCommand({ RequestItems: { [table.TableName]: puts } }));
  }
  client.destroy();
  await new Promise((resolve) => server.close(resolve));
}

/** The stores of an embedded server with this data folder, its tables, and the function that stops it. */
async function start(dataDir: string) {
  const { endpoint, table, close } = await embeddedDynamo(dataDir);
  const client = dynamoClient({ region: 'local', endpoint });
  const admin = localClient(endpoint);
  const tables = async () => (await admin.send(new ListTablesCommand({}))).TableNames;
  return { ...dynamoStores(client, table)(), tables, close };
}

it('moves everything from the table of an earlier version, once, and indexes its conversations', async () => {
  const dataDir = await poolFolder();
  const [pk, first, second, deleted] = [newUser(), newId(), newId(), newId()];
  const created_at = '2026-11-22T07:00:00.000Z';
  const [earlier, later] = ['2026-11-22T08:00:00.000Z', '2026-11-22T09:00:00.000Z'];
  const ids = Array.from({ length: 60 }, newId);
  const message = { content: 'canary', timestamp: created_at, is_bot: false, version: 1 };
  const legacy = [
    { pk, sk: `C#${first}`, title: 'canary', created_at, updated_at: later },
    { pk, sk: `C#${second}`, created_at, updated_at: earlier },
    { pk, sk: `C#${deleted}`, created_at, updated_at: later, deleted: true },
    ...ids.map((id) => ({ pk, sk: `M#${first}#${id}`, ...message })),
  ];
  await writeLegacyTable(dataDir, legacy);

  const { conversations, messages, tables, close } = await start(dataDir);
  const listed = [
    { id_conversation: first, title: 'canary', created_at, updated_at: later },
    { id_conversation: second, created_at, updated_at: earlier },
  ];
  expect(await conversations.list(pk, { limit: 9 })).toStrictEqual({ conversations: listed });
  const moved = await allPages(messages, { userId: pk, id_conversation: first }, 100);
  expect(idsOf(moved.flat())).toEqual(ids.toReversed());
  await vi.waitFor(async () => expect(await tables()).toEqual(['Chatbot']), 5000);
  await conversations.delete(pk, second);
  await close();

  const again = await start(dataDir);
  onTestFinished(again.close);
  expect((await again.conversations.list(pk, { limit: 9 })).conversations).toStrictEqual(listed.slice(0, 1));
});

it('starts over after an interrupted move', async () => {
  const dataDir = await poolFolder();
  const before = await start(dataDir);
  const [user, id_conversation] = [newUser(), newId()];
  const times = { created_at: '2026-11-22T07:00:00.000Z', updated_at: '2026-11-22T08:00:00.000Z' };
  const conversation = { id_conversation, ...times };
  await before.conversations.create(user, conversation);
  await before.close();
  await writeLegacyTable(dataDir, [{ pk: user, sk: `C#${id_conversation}`, ...times }]);

  const { conversations, close } = await start(dataDir);
  onTestFinished(close);
  expect(await conversations.list(user, { limit: 9 })).toStrictEqual({ conversations: [conversation] });
});
