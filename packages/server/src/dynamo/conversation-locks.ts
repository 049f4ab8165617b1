import type { ThreadLocks } from '@async-chatbot/core/ports/conversation-locks';
import type { Thread } from '@async-chatbot/core/ports/message';
import { DeleteCommand, type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { deadline, holds, reached } from './calls.ts';

/** Partition key `pk` is the user's id, sort key `sk` is `T#<conversation>`; `lease` is in milliseconds since the epoch. */
export function dynamoThreadLocks(client: DynamoDBDocumentClient, table: string, now: () => Date): ThreadLocks {
  const keyOf = ({ userId, id_conversation = 'default' }: Thread) => ({ pk: userId, sk: `T#${id_conversation}` });

  return {
    async take(thread, id_reply, leaseMs) {
      const nowMs = now().getTime();
      const lease = nowMs + leaseMs;
      const command = new PutCommand({
        TableName: table,
        Item: { ...keyOf(thread), id_reply, lease, expire: Math.ceil(lease / 1000) + 86_400 },
        ConditionExpression: 'attribute_not_exists(sk) OR id_reply = :own OR lease <= :now',
        ExpressionAttributeValues: { ':own': id_reply, ':now': nowMs },
      });
      return (await holds(reached(client.send(command, deadline())))) !== undefined;
    },

    async release(thread, id_reply) {
      const command = new DeleteCommand({
        TableName: table,
        Key: keyOf(thread),
        ConditionExpression: 'id_reply = :own',
        ExpressionAttributeValues: { ':own': id_reply },
      });
      await holds(reached(client.send(command, deadline())));
    },
  };
}
