import type { TurnStore } from '@async-chatbot/core/ports/turn-store';
import { type DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { deleteByPrefix } from './batch.ts';
import { expiresIn } from './expiry.ts';
import { chunkKey, chunkPrefix, LAST } from './keys.ts';
import { deadline, translateErrors } from './requests.ts';

/** Removes the chunks of servers that crashed. */
const TTL_DAYS = 1;

type ReplyChunks = Pick<TurnStore, 'appendChunk' | 'chunksSince' | 'deleteChunks'>;

export function dynamoReplyChunks(client: DynamoDBDocumentClient, table: string, now: () => Date): ReplyChunks {
  return {
    async appendChunk(run, position, chunk) {
      // The attribute is named `piece`, since servers of earlier versions read and write it.
      const Item = { ...chunkKey(run, position), piece: chunk, ...expiresIn(TTL_DAYS, now()) };
      await translateErrors(client.send(new PutCommand({ TableName: table, Item }), deadline()));
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
      const { Items = [] } = await translateErrors(client.send(command, deadline()));
      return Items.map(({ piece }) => piece).join('');
    },

    deleteChunks: (run) => deleteByPrefix(client, table, run.conversation.userId, chunkPrefix(run)),
  };
}
