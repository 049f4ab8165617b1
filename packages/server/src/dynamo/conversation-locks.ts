import type { TurnStore } from '@async-chatbot/core/ports/turn-store';
import type { DynamoClient } from './client.ts';
import { deleteItem, putItem } from './commands.ts';
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
      const command = putItem({
        TableName: table,
        Item: { ...lockKey(conversation), holder, lease, expire: Math.ceil(lease / 1000) + 86_400 },
        ConditionExpression: 'attribute_not_exists(sk) OR holder = :own OR lease <= :now',
        ExpressionAttributeValues: { ':own': holder, ':now': nowMs },
      });
      return (await unlessConditionFails(client.send(command))) !== undefined;
    },

    async unlock({ conversation, holder }) {
      const command = deleteItem({
        TableName: table,
        Key: lockKey(conversation),
        ConditionExpression: 'holder = :own',
        ExpressionAttributeValues: { ':own': holder },
      });
      await unlessConditionFails(client.send(command));
    },
  };
}
