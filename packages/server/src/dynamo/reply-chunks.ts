import type { Pieces } from '@async-chatbot/core/ports/reply-chunks';
import { type DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { sweep } from './batch.ts';
import { deadline, reached } from './calls.ts';

/** Those of a server that is gone stay for a day. */
const KEPT_SECONDS = 86_400;

/** Partition key `pk` is the user's id, sort key `sk` is `S#<reply>#<run>#<place>`. */
export function dynamoPieces(client: DynamoDBDocumentClient, table: string, now: () => Date): Pieces {
  return {
    async append({ thread, id_message, run }, place, piece) {
      const Item = {
        pk: thread.userId,
        sk: keyOf(id_message, run, sorted(place)),
        piece,
        expire: Math.ceil(now().getTime() / 1000) + KEPT_SECONDS,
      };
      await reached(client.send(new PutCommand({ TableName: table, Item }), deadline()));
    },

    async since({ thread, id_message, run }, place) {
      const command = new QueryCommand({
        TableName: table,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :user AND sk BETWEEN :from AND :end',
        ExpressionAttributeValues: {
          ':user': thread.userId,
          ':from': keyOf(id_message, run, sorted(place)),
          ':end': keyOf(id_message, run, '~'),
        },
      });
      // A reply is far smaller than a page of DynamoDB.
      const { Items = [] } = await reached(client.send(command, deadline()));
      return Items.map(({ piece }) => piece).join('');
    },

    clear: ({ thread, id_message, run }) => sweep(client, table, thread.userId, keyOf(id_message, run, '')),
  };
}

const keyOf = (id_reply: string, run: number, place: string): string => `S#${id_reply}#${run}#${place}`;

/** A number of characters, in the order of numbers. */
const sorted = (place: number): string => String(place).padStart(10, '0');
