import type { TurnStore } from '@async-chatbot/core/ports/turn-store';
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { DynamoClient } from './client.ts';
import { lockKey } from './keys.ts';
import { unlessConditionFails } from './unless-condition-fails.ts';

/** `lease` is in milliseconds since the epoch. */
export function dynamoConversationLocks(
  client: DynamoClient,
  table: string,
  now: () => Date,
): Pick<TurnStore, 'lock' | 'unlock'> {
  return {
    async lock({ conversation, id_reply }, leaseMs) {
      const nowMs = now().getTime();
      const lease = nowMs + leaseMs;
      const command = new PutCommand({
        TableName: table,
        Item: { ...lockKey(conversation), id_reply, lease, expire: Math.ceil(lease / 1000) + 86_400 },
        ConditionExpression: 'attribute_not_exists(sk) OR id_reply = :own OR lease <= :now',
        ExpressionAttributeValues: { ':own': id_reply, ':now': nowMs },
      });
      return (await unlessConditionFails(client.send(command))) !== undefined;
    },

    async unlock({ conversation, id_reply }) {
      const command = new DeleteCommand({
        TableName: table,
        Key: lockKey(conversation),
        ConditionExpression: 'id_reply = :own',
        ExpressionAttributeValues: { ':own': id_reply },
      });
      await unlessConditionFails(client.send(command));
    },
  };
}
