/** The table of earlier versions: `Messages`, without the index of conversations. */

import { activityOf } from '@async-chatbot/shared/cursor';
import { DeleteTableCommand, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { CONVERSATION_PREFIX } from '../src/dynamo/keys.ts';
import { localClient } from './messages-table.ts';

const LEGACY_TABLE = 'Messages';

/** DynamoDB's maximum number of items per batch write. */
const BATCH = 25;

/** Moves all items of an earlier version's table to `table`. An interrupted move starts over. */
export async function moveLegacyTable(endpoint: string, table: string): Promise<void> {
  const client = localClient(endpoint);
  const documents = DynamoDBDocumentClient.from(client);
  const { TableNames = [] } = await client.send(new ListTablesCommand({}));
  if (TableNames.includes(LEGACY_TABLE)) {
    let start: Record<string, unknown> | undefined;
    do {
      const scan = new ScanCommand({ TableName: LEGACY_TABLE, Limit: BATCH, ExclusiveStartKey: start });
      const { Items = [], LastEvaluatedKey } = await documents.send(scan);
      const puts = Items.map((item) => ({ PutRequest: { Item: indexed(item) } }));
      if (puts.length > 0) await documents.send(new BatchWriteCommand({ RequestItems: { [table]: puts } }));
      start = LastEvaluatedKey;
    } while (start);
    await client.send(new DeleteTableCommand({ TableName: LEGACY_TABLE }));
  }
  client.destroy();
}

/** The item, with a position in the index if it is a conversation. */
function indexed(item: Record<string, unknown>): Record<string, unknown> {
  const { sk, updated_at, deleted } = item;
  if (typeof sk !== 'string' || typeof updated_at !== 'string' || deleted) return item;
  if (!sk.startsWith(CONVERSATION_PREFIX)) return item;
  const id_conversation = sk.slice(CONVERSATION_PREFIX.length);
  return { ...item, activity: activityOf({ updated_at, id_conversation }) };
}
