import { setTimeout as sleep } from 'node:timers/promises';
import { backoffMs } from '@async-chatbot/shared/backoff';
import { Problem } from '@async-chatbot/shared/problem';
import type { DynamoClient } from './client.ts';
import { batchWriteItem, query } from './commands.ts';
import { CONVERSATION_PREFIX, conversationKey, createdAtMs, lockKey, MESSAGES_PREFIX, messagePrefix } from './keys.ts';

/** DynamoDB's maximum number of items per batch write. */
const BATCH = 25;

/** Before unprocessed items are sent again. */
const BACKOFF = { firstMs: 50, maxMs: 1000 };

/** The time limit for a deletion by prefix, shorter than proxies wait for a response. */
const DELETE_MS = 50_000;
/** The time limit for each page of a deletion. */
const PAGE_MS = 3000;

/**
 * Puts and deletes up to 25 items in one request, so that a crash cannot separate them. Retries unprocessed items with
 * exponential backoff until the deadline.
 */
export function writeBatch(
  client: DynamoClient,
  table: string,
  requests: object[],
  within?: AbortSignal,
): Promise<void> {
  return within ? write(within) : client.withDeadline(write);

  async function write(abortSignal: AbortSignal): Promise<void> {
    let unprocessed = requests;
    for (let attempt = 0; ; attempt += 1) {
      const command = batchWriteItem({ RequestItems: { [table]: unprocessed } });
      const { UnprocessedItems } = await client.send(command, { abortSignal });
      unprocessed = UnprocessedItems?.[table] ?? [];
      if (unprocessed.length === 0) return;
      await sleep(backoffMs(attempt, BACKOFF), undefined, { signal: abortSignal }).catch((cause: unknown) => {
        throw new Problem('service-unavailable', { cause });
      });
    }
  }
}

/** Splits a list into batches for DynamoDB. */
export const inBatches = <Item>(items: readonly Item[], size = BATCH): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));

/** Deletes all of a user's items whose sort key has the prefix. Those added in the meantime may stay. Idempotent. */
export async function deleteByPrefix(
  client: DynamoClient,
  table: string,
  userId: string,
  prefix = '',
  end = client.limit(DELETE_MS),
): Promise<void> {
  const command = query({
    TableName: table,
    ConsistentRead: true,
    KeyConditionExpression: `pk = :user${prefix && ' AND begins_with(sk, :prefix)'}`,
    ExpressionAttributeValues: { ':user': userId, ...(prefix && { ':prefix': prefix }) },
    ProjectionExpression: 'pk, sk',
    Limit: BATCH,
  });
  for (;;) {
    const within = AbortSignal.any([end, AbortSignal.timeout(PAGE_MS)]);
    const { Items = [], LastEvaluatedKey } = await client.send(command, { abortSignal: within });
    const requests = Items.map((Key) => ({ DeleteRequest: { Key } }));
    if (requests.length > 0) await writeBatch(client, table, requests, within);
    if (!LastEvaluatedKey) return;
  }
}

/**
 * Deletes a conversation with its messages and its lock. Idempotent. Until `scheduled` resolves, it deletes only messages, so
 * that the deletion can be repeated.
 */
export async function deleteConversation(
  client: DynamoClient,
  table: string,
  userId: string,
  id_conversation: string,
  scheduled?: Promise<void>,
): Promise<void> {
  const conversation = { userId, id_conversation };
  const end = client.limit(DELETE_MS);
  await Promise.all([scheduled, deleteByPrefix(client, table, userId, messagePrefix(conversation), end)]);
  // The conversation last, so that an interrupted deletion can be repeated. A lock that stays expires.
  const keys = [lockKey(conversation), conversationKey(userId, id_conversation)];
  await writeBatch(
    client,
    table,
    keys.map((Key) => ({ DeleteRequest: { Key } })),
    end,
  );
}

/** Deletes a user's messages and conversations that were created before a time. Idempotent. */
export async function deleteOlder(
  client: DynamoClient,
  table: string,
  userId: string,
  beforeMs: number,
): Promise<void> {
  for (const prefix of [MESSAGES_PREFIX, CONVERSATION_PREFIX]) {
    const input = {
      TableName: table,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :user AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':user': userId, ':prefix': prefix },
      ProjectionExpression: 'pk, sk',
    };
    let start: Record<string, unknown> | undefined;
    do {
      const { Items = [], LastEvaluatedKey } = await client.send(query({ ...input, ExclusiveStartKey: start }));
      const older = Items.filter(({ sk }) => createdAtMs(sk) < beforeMs);
      const requests = older.map((Key) => ({ DeleteRequest: { Key } }));
      for (const batch of inBatches(requests)) await writeBatch(client, table, batch);
      start = LastEvaluatedKey;
    } while (start);
  }
}
