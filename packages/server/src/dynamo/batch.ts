import { setTimeout as sleep } from 'node:timers/promises';
import { BatchWriteCommand, type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { deadline, translateErrors } from './requests.ts';

/** DynamoDB's maximum number of items per batch write. */
const BATCH = 25;

/** The delay before unprocessed items are sent again doubles up to the maximum. */
const FIRST_BACKOFF_MS = 50;
const MAX_BACKOFF_MS = 1000;

/** The time limit for a deletion by prefix, shorter than proxies wait for a response. */
const DELETE_MS = 50_000;

/**
 * Puts and deletes up to 25 items in one request, so that a crash cannot separate them. Retries unprocessed items with
 * exponential backoff until the deadline.
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

/** With jitter, so that writers throttled together do not retry together. */
function backoffMs(attempt: number): number {
  const longest = Math.min(FIRST_BACKOFF_MS * 2 ** attempt, MAX_BACKOFF_MS);
  return (longest * (1 + Math.random())) / 2;
}

/** Deletes all of a user's items whose sort key has the prefix, including items added in the meantime. Idempotent. */
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
