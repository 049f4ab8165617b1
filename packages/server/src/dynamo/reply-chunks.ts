import type { ReplyChunk, TurnStore } from '@async-chatbot/core/ports/turn-store';
import { deleteByPrefix, inBatches } from './batch.ts';
import type { DynamoClient } from './client.ts';
import { batchWriteItem, query } from './commands.ts';
import { expiresIn } from './expiry.ts';
import { chunkKey, chunkPrefix, LAST } from './keys.ts';

/** Removes the chunks of servers that crashed. */
const TTL_DAYS = 1;

type ReplyChunks = Pick<TurnStore, 'appendChunks' | 'chunksSince' | 'deleteChunks'>;

export function dynamoReplyChunks(client: DynamoClient, table: string, now: () => Date): ReplyChunks {
  /** Returns the chunks that DynamoDB has processed: of users over their limit, it processes none, so these are left for later. */
  async function appendBatch(chunks: readonly ReplyChunk[]): Promise<ReplyChunk[]> {
    const requests = chunks.map(({ run, position, text }) => ({
      // The attribute is named `piece`, since servers of earlier versions read and write it.
      PutRequest: { Item: { ...chunkKey(run, position), piece: text, ...expiresIn(TTL_DAYS, now()) } },
    }));
    const command = batchWriteItem({ RequestItems: { [table]: requests } });
    const { UnprocessedItems } = await client.send(command);
    const left = new Set(UnprocessedItems?.[table]?.map(({ PutRequest }) => PutRequest?.Item?.sk));
    return chunks.filter(({ run, position }) => !left.has(chunkKey(run, position).sk));
  }

  return {
    async appendChunks(chunks) {
      const appended = await Promise.allSettled(inBatches(chunks).map(appendBatch));
      return appended.flatMap((batch) => (batch.status === 'fulfilled' ? batch.value : []));
    },

    async chunksSince(run, position) {
      const command = query({
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
