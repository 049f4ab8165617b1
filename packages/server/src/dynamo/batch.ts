import { setTimeout as sleep } from 'node:timers/promises';
import { backoffMs } from '@async-chatbot/shared/backoff';
import { BatchWriteCommand, DeleteCommand, type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { conversationKey, lockKey, messagePrefix } from './keys.ts';
import { deadline, translateErrors } from './requests.ts';

/** DynamoDB's maximum number of items per batch write. */
const BATCH = 25;

/** Before unprocessed items are sent again. */
const BACKOFF = { firstMs: 50, maxMs: 1000 };

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
    await translateErrors(sleep(backoffMs(attempt, BACKOFF), undefined, { signal: within.abortSignal }));
  }
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

/** Deletes a conversation with its messages and its lock. Idempotent. */
export async function deleteConversation(
  client: DynamoDBDocumentClient,
  table: string,
  userId: string,
  id_conversation: string,
): Promise<void> {
  const conversation = { userId, id_conversation };
  await deleteByPrefix(client, table, userId, messagePrefix(conversation));
  // The conversation last, so that an interrupted deletion can be repeated.
  for (const Key of [lockKey(conversation), conversationKey(userId, id_conversation)])
    await translateErrors(client.send(new DeleteCommand({ TableName: table, Key }), deadline()));
}
