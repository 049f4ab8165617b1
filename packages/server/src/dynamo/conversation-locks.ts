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
    async lock({ conversation, holder }, leaseMs) {
      const nowMs = now().getTime();
      const lease = nowMs + leaseMs;
      const command = new PutCommand({
        TableName: table,
        Item: { ...lockKey(conversation), holder, lease, expire: Math.ceil(lease / 1000) + 86_400 },
        ConditionExpression: 'attribute_not_exists(sk) OR holder = :own OR lease <= :now',
        ExpressionAttributeValues: { ':own': holder, ':now': nowMs },
      });
      return (await unlessConditionFails(client.send(command))) !== undefined;
    },

    async unlock({ conversation, holder }) {
      const command = new DeleteCommand({
        TableName: table,
        Key: lockKey(conversation),
        ConditionExpression: 'holder = :own',
        ExpressionAttributeValues: { ':own': holder },
      });
      await unlessConditionFails(client.send(command));
    },
  };
}
