import type { TurnStore } from '@async-chatbot/core/ports/turn-store';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { deleteByPrefix, writeBatches } from './batch.ts';
import type { DynamoClient } from './client.ts';
import { expiresIn } from './expiry.ts';
import { chunkKey, chunkPrefix, LAST } from './keys.ts';

/** Removes the chunks of servers that crashed. */
const TTL_DAYS = 1;

type ReplyChunks = Pick<TurnStore, 'appendChunks' | 'chunksSince' | 'deleteChunks'>;

export function dynamoReplyChunks(client: DynamoClient, table: string, now: () => Date): ReplyChunks {
  return {
    async appendChunks(chunks) {
      const requests = chunks.map(({ run, position, text }) => ({
        // The attribute is named `piece`, since servers of earlier versions read and write it.
        PutRequest: { Item: { ...chunkKey(run, position), piece: text, ...expiresIn(TTL_DAYS, now()) } },
      }));
      await writeBatches(client, table, requests);
    },

    async chunksSince(run, position) {
      const command = new QueryCommand({
        TableName: table,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :user AND sk BETWEEN :from AND :end',
        ExpressionAttributeValues: {
          ':user': run.conversation.userId,
          ':from': chunkKey(run, position).sk,
          ':end': chunkPrefix(run) + LAST,
        },
      });
      // One query is enough: a reply is far smaller than DynamoDB's 1 MB limit.
      const { Items = [] } = await client.send(command);
      return Items.map(({ piece }) => piece).join('');
    },

    deleteChunks: (run) => deleteByPrefix(client, table, run.conversation.userId, chunkPrefix(run)),
  };
}
