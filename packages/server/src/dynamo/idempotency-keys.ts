import { hash } from 'node:crypto';
import type { SendKeys, Sent, Taken } from '@async-chatbot/core/ports/idempotency-keys';
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { deadline, holds, reached } from './calls.ts';
import { isKept } from './message-item.ts';

const KEPT_SECONDS = 86_400;

interface Item extends Sent {
  request: string;
  takenAtMs: number;
  expire: number;
  is_deleted?: boolean;
}

/** Partition key `pk` is the user's id, sort key `sk` is `I#<sha256 of the key>`; a body is kept by its hash alone. */
export function dynamoSendKeys(client: DynamoDBDocumentClient, table: string, now: () => Date): SendKeys {
  async function take(userId: string, key: string, request: string, send: Sent): Promise<Taken> {
    const Key = { pk: userId, sk: `I#${hash('sha256', key)}` };
    const takenAtMs = now().getTime();
    const fingerprint = hash('sha256', request);
    const own = { ...send, request: fingerprint, takenAtMs, expire: Math.ceil(takenAtMs / 1000) + KEPT_SECONDS };
    const put = new PutCommand({
      TableName: table,
      Item: { ...Key, ...own },
      // What has expired may still be there.
      ConditionExpression: 'attribute_not_exists(sk) OR expire <= :now',
      ExpressionAttributeValues: { ':now': takenAtMs / 1000 },
    });
    const isPut = (await holds(reached(client.send(put, deadline())))) !== undefined;
    const get = new GetCommand({ TableName: table, Key, ConsistentRead: true });
    const found = isPut ? own : ((await reached(client.send(get, deadline()))).Item as Item | undefined);
    // Somebody gave it back meanwhile, or it has just expired: the next attempt takes it.
    if (!found || !isKept(found, now())) return take(userId, key, request, send);
    const { id_message, id_reply, timestamp, is_deleted = false } = found as Item;
    return {
      id_message,
      id_reply,
      timestamp,
      record: Key.sk,
      // The SDK repeats a put whose answer was lost, and the second finds what the first wrote.
      isOwn: id_message === send.id_message,
      isSameRequest: found.request === fingerprint,
      isDeleted: is_deleted,
      takenAtMs: found.takenAtMs,
    };
  }

  return {
    take,

    async takeOver(userId, { record, takenAtMs }) {
      const command = new UpdateCommand({
        TableName: table,
        Key: { pk: userId, sk: record },
        UpdateExpression: 'SET takenAtMs = :now',
        ConditionExpression: 'takenAtMs = :then AND attribute_not_exists(is_deleted)',
        ExpressionAttributeValues: { ':now': now().getTime(), ':then': takenAtMs },
      });
      return (await holds(reached(client.send(command, deadline())))) !== undefined;
    },

    async release(userId, { record, takenAtMs }) {
      const command = new DeleteCommand({
        TableName: table,
        Key: { pk: userId, sk: record },
        ConditionExpression: 'takenAtMs = :then',
        ExpressionAttributeValues: { ':then': takenAtMs },
      });
      await holds(reached(client.send(command, deadline())));
    },
  };
}
