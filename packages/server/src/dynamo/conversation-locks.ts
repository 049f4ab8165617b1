import type { TurnStore } from '@async-chatbot/core/ports/turn-store';
import { DeleteCommand, type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { lockKey } from './keys.ts';
import { deadline, translateErrors, unlessConditionFails } from './requests.ts';

/** `lease` is in milliseconds since the epoch. */
export function dynamoConversationLocks(
  client: DynamoDBDocumentClient,
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
      return (await unlessConditionFails(translateErrors(client.send(command, deadline())))) !== undefined;
    },

    async unlock({ conversation, id_reply }) {
      const command = new DeleteCommand({
        TableName: table,
        Key: lockKey(conversation),
        ConditionExpression: 'id_reply = :own',
        ExpressionAttributeValues: { ':own': id_reply },
      });
      await unlessConditionFails(translateErrors(client.send(command, deadline())));
    },
  };
}
