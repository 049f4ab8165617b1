import { DynamoDBDocumentClient, paginateQuery, paginateScan } from '@aws-sdk/lib-dynamodb';
import { localClient } from '../../../dev/messages-table.ts';

export interface Table {
  endpoint?: string | undefined;
  table: string;
}

type Item = Record<string, unknown>;

/** Every item of a table, read with the AWS SDK. */
export async function allItems({ endpoint = '', table }: Table): Promise<Item[]> {
  const client = DynamoDBDocumentClient.from(localClient(endpoint));
  const items: Item[] = [];
  for await (const { Items = [] } of paginateScan({ client }, { TableName: table })) items.push(...Items);
  client.destroy();
  return items;
}

/** Every item of a user. */
export async function itemsOfUser({ endpoint = '', table }: Table, userId: string): Promise<Item[]> {
  const client = DynamoDBDocumentClient.from(localClient(endpoint));
  const query = {
    TableName: table,
    ConsistentRead: true,
    KeyConditionExpression: 'pk = :user',
    ExpressionAttributeValues: { ':user': userId },
  };
  const items: Item[] = [];
  for await (const { Items = [] } of paginateQuery({ client }, query)) items.push(...Items);
  client.destroy();
  return items;
}
