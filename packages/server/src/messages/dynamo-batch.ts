import { BatchWriteCommand, type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { deadline, reached } from './dynamo-calls.ts';

/** As many items as DynamoDB writes at once. */
const BATCH = 25;

/** Puts and deletes up to 25 items by one request, so that no crash of ours comes between; what is left undone is repeated. */
export async function writeBatch(client: DynamoDBDocumentClient, table: string, requests: object[]): Promise<void> {
  let left = requests;
  while (left.length > 0) {
    const command = new BatchWriteCommand({ RequestItems: { [table]: left } });
    const { UnprocessedItems } = await reached(client.send(command, deadline()));
    left = UnprocessedItems?.[table] ?? [];
  }
}

/** Deletes every item of a user whose sort key begins so, also those that come while it does. */
export async function sweep(client: DynamoDBDocumentClient, table: string, userId: string, prefix = ''): Promise<void> {
  const command = new QueryCommand({
    TableName: table,
    ConsistentRead: true,
    KeyConditionExpression: `pk = :user${prefix && ' AND begins_with(sk, :prefix)'}`,
    ExpressionAttributeValues: { ':user': userId, ...(prefix && { ':prefix': prefix }) },
    ProjectionExpression: 'pk, sk',
    Limit: BATCH,
  });
  for (;;) {
    const { Items = [] } = await reached(client.send(command, deadline()));
    if (Items.length === 0) return;
    await writeBatch(
      client,
      table,
      Items.map((Key) => ({ DeleteRequest: { Key } })),
    );
  }
}
