import { hash } from 'node:crypto';
import type { TakenKey, TurnIds, TurnStore } from '@async-chatbot/core/ports/turn-store';
import type { DynamoClient } from './client.ts';
import { deleteItem, getItem, putItem, updateItem } from './commands.ts';
import { expiresIn, hasExpired } from './expiry.ts';
import { idempotencyKey } from './keys.ts';
import { unlessConditionFails } from './unless-condition-fails.ts';

const TTL_DAYS = 1;

interface KeyItem extends TurnIds {
  /** The hash of the request. */
  request: string;
  takenAtMs: number;
  expire?: number;
  is_deleted?: boolean;
}

export function dynamoIdempotencyKeys(
  client: DynamoClient,
  table: string,
  now: () => Date,
): Pick<TurnStore, 'takeKey' | 'takeOverKey' | 'releaseKey'> {
  async function takeKey(userId: string, key: string, request: string, turn: TurnIds): Promise<TakenKey> {
    const Key = idempotencyKey(userId, key);
    const takenAtMs = now().getTime();
    const own: KeyItem = { ...turn, request: hash('sha256', request), takenAtMs, ...expiresIn(TTL_DAYS, now()) };
    const put = putItem({
      TableName: table,
      Item: { ...Key, ...own },
      ConditionExpression: 'attribute_not_exists(sk) OR expire <= :now',
      ExpressionAttributeValues: { ':now': takenAtMs / 1000 },
    });
    const isPut = (await unlessConditionFails(client.send(put))) !== undefined;
    const found = isPut ? own : await read();
    // The key was released in the meantime or has just expired, so take it again.
    if (!found || hasExpired(found, now())) return takeKey(userId, key, request, turn);
    const { id_message, id_reply, timestamp, is_deleted = false } = found;
    return {
      id_message,
      id_reply,
      timestamp,
      record: Key.sk,
      // The SDK retries a put whose response was lost, and the retry finds the item of the first attempt.
      isOwn: id_message === turn.id_message,
      isSameRequest: found.request === own.request,
      isDeleted: is_deleted,
      takenAtMs: found.takenAtMs,
    };

    async function read(): Promise<KeyItem | undefined> {
      const get = getItem({ TableName: table, Key, ConsistentRead: true });
      // The cast: only this file writes these items.
      return (await client.send(get)).Item as KeyItem | undefined;
    }
  }

  return {
    takeKey,

    async takeOverKey(userId, { record, takenAtMs }) {
      const command = updateItem({
        TableName: table,
        Key: { pk: userId, sk: record },
        UpdateExpression: 'SET takenAtMs = :now',
        ConditionExpression: 'takenAtMs = :then AND (attribute_not_exists(is_deleted) OR is_deleted = :no)',
        ExpressionAttributeValues: { ':now': now().getTime(), ':then': takenAtMs, ':no': false },
      });
      return (await unlessConditionFails(client.send(command))) !== undefined;
    },

    async releaseKey(userId, { record, takenAtMs }) {
      const command = deleteItem({
        TableName: table,
        Key: { pk: userId, sk: record },
        ConditionExpression: 'takenAtMs = :then',
        ExpressionAttributeValues: { ':then': takenAtMs },
      });
      await unlessConditionFails(client.send(command));
    },
  };
}
