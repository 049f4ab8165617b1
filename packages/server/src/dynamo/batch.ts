import { setTimeout as sleep } from 'node:timers/promises';
import { BatchWriteCommand, type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { deadline, translateErrors } from './requests.ts';

/** As many items as DynamoDB writes at once. */
const BATCH = 25;

/** The pause before unprocessed items are sent again doubles from the first to the longest. */
const FIRST_BACKOFF_MS = 50;
const MAX_BACKOFF_MS = 1000;

/** How long a deletion by prefix may take: less than a proxy waits for the response. */
const DELETE_MS = 50_000;

/**
 * Puts and deletes up to 25 items by one request, so that a crash cannot separate them. Unprocessed items are retried
 * with exponential backoff until the deadline.
 */
export async function writeBatch(
  client: DynamoDBDocumentClient,
  table: string,
  requests: object[],
  within = deadline(),
): Promise<void> {
  let unprocessed = requests;
  for (let attempt = 0; ; attempt += 1) {
    const command = new BatchWriteCommand({ RequestItems: { [table]: unprocessed } });
    const { UnprocessedItems } = await translateErrors(client.send(command, within));
    unprocessed = UnprocessedItems?.[table] ?? [];
    if (unprocessed.length === 0) return;
    await translateErrors(sleep(backoffMs(attempt), undefined, { signal: within.abortSignal }));
  }
}

/** Jittered, so that writers that were throttled together do not retry together. */
function backoffMs(attempt: number): number {
  const longest = Math.min(FIRST_BACKOFF_MS * 2 ** attempt, MAX_BACKOFF_MS);
  return (longest * (1 + Math.random())) / 2;
}

/** Deletes every item of a user whose sort key has the prefix, and those added meanwhile. May be repeated. */
export async function deleteByPrefix(
  client: DynamoDBDocumentClient,
  table: string,
  userId: string,
  prefix = '',
  withinMs = DELETE_MS,
): Promise<void> {
  const command = new QueryCommand({
    TableName: table,
    ConsistentRead: true,
    KeyConditionExpression: `pk = :user${prefix && ' AND begins_with(sk, :prefix)'}`,
    ExpressionAttributeValues: { ':user': userId, ...(prefix && { ':prefix': prefix }) },
    ProjectionExpression: 'pk, sk',
    Limit: BATCH,
  });
  const end = AbortSignal.timeout(withinMs);
  for (;;) {
    const within = deadline(end);
    const { Items = [] } = await translateErrors(client.send(command, within));
    if (Items.length === 0) return;
    const requests = Items.map((Key) => ({ DeleteRequest: { Key } }));
    await writeBatch(client, table, requests, within);
  }
}
