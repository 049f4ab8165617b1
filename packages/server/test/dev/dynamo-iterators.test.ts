/** Without this repository's patch, dynalite leaves every iterator of its database open, at 60 KB each. */
import { createRequire } from 'node:module';
import { BatchWriteItemCommand, DynamoDBClient, QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { expect, it, onTestFinished, vi } from 'vitest';
import { embeddedDynamo } from '../../dev/dynamo.ts';
import { poolFolder } from '../support/servers/cognito-pool.ts';

interface Iterator {
  next(): Promise<unknown>;
}

/** The base class of all of dynalite's databases. */
const requireOf = (path: string) => createRequire(createRequire(import.meta.url).resolve(path));
const { Level } = requireOf('dynalite')('level') as { Level: { prototype: object } };
const AbstractLevel = Object.getPrototypeOf(Level.prototype) as { values(options: unknown): Iterator };

it.each([
  ['in a folder', poolFolder],
  ['in memory', async () => undefined],
])('closes the iterators of a Query or a Scan %s', async (_label, folder) => {
  const { endpoint, table: TableName, close } = await embeddedDynamo(await folder());
  const client = new DynamoDBClient({ region: 'local', endpoint });
  onTestFinished(async () => {
    client.destroy();
    await close();
  });
  const items = Array.from({ length: 9 }, (_, i) => ({ pk: { S: 'canary' }, sk: { S: String(i) } }));
  const puts = items.map((Item) => ({ PutRequest: { Item } }));
  await client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: puts } }));

  const values = vi.spyOn(AbstractLevel, 'values');
  onTestFinished(() => values.mockRestore());
  const query = {
    TableName,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': { S: 'canary' } },
  };
  const responses = [
    await client.send(new QueryCommand(query)),
    await client.send(new QueryCommand({ ...query, Limit: 2, ConsistentRead: true, ScanIndexForward: false })),
    await client.send(new ScanCommand({ TableName })),
    await client.send(new ScanCommand({ TableName, Limit: 2 })),
  ];
  expect(responses.map(({ Items }) => Items?.length)).toEqual([9, 2, 9, 2]);

  const iterators = values.mock.results.map(({ value }) => value as Iterator);
  expect(iterators).toHaveLength(4);
  for (const iterator of iterators) {
    await vi.waitFor(() => expect(iterator.next()).rejects.toMatchObject({ code: 'LEVEL_ITERATOR_NOT_OPEN' }));
  }
});
