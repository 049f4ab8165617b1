import { isDeepStrictEqual } from 'node:util';
import {
  BatchWriteCommand,
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  type QueryCommandOutput,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { Problem } from '../problem.ts';
import { cursorBelow, idAt } from './cursor.ts';
import type { Message } from './message.ts';
import type { MessageStore } from './store.ts';

/** Before every message's id in the sort key; `default` is the conversation that needs no creation. */
const PREFIX = 'M#default#';

/** As many items as DynamoDB deletes at once. */
const BATCH = 25;

/** How long a call may take with all its attempts; between three that are throttled, the SDK waits up to 3 s. */
const DEADLINE_MS = 3000;

/** One table: partition key `pk` is the user's id, sort key `sk` the prefix and the message's id. */
export function dynamoStore(client: DynamoDBDocumentClient, table: string): MessageStore {
  const keyOf = (userId: string, id: string) => ({ pk: userId, sk: PREFIX + id });

  async function get(userId: string, id: string, within = deadline()) {
    const command = new GetCommand({ TableName: table, Key: keyOf(userId, id), ConsistentRead: true });
    const { Item } = await reached(client.send(command, within));
    return Item && toMessage(Item);
  }

  return {
    get: (userId, id) => get(userId, id),

    async list(userId, { limit, cursor }) {
      const within = deadline();
      const found: Message[] = [];
      let start: QueryCommandOutput['LastEvaluatedKey'];
      // A page of DynamoDB ends at 1 MB, so one may be short; one message more tells whether others are left.
      do {
        const command = new QueryCommand({
          TableName: table,
          ConsistentRead: true,
          ScanIndexForward: false,
          KeyConditionExpression: 'pk = :user AND sk BETWEEN :oldest AND :newest',
          ExpressionAttributeValues: {
            ':user': userId,
            ':oldest': PREFIX,
            ':newest': PREFIX + (cursor ? idAt(cursor) : '~'),
          },
          Limit: limit + 1 - found.length,
          ExclusiveStartKey: start,
        });
        const { Items = [], LastEvaluatedKey } = await reached(client.send(command, within));
        found.push(...Items.map(toMessage));
        start = LastEvaluatedKey;
      } while (start && found.length <= limit);

      const messages = found.slice(0, limit);
      const last = messages.at(-1);
      return found.length > limit && last ? { messages, next_cursor: cursorBelow(last.id_message) } : { messages };
    },

    async put(message) {
      const within = deadline();
      const { id_user, id_message, ...said } = message;
      const command = new PutCommand({
        TableName: table,
        Item: { ...keyOf(id_user, id_message), ...said },
        ConditionExpression: 'attribute_not_exists(sk)',
      });
      if (await holds(reached(client.send(command, within)))) return;
      // The SDK repeats a put whose answer was lost, and the second finds what the first wrote.
      if (!isDeepStrictEqual(await get(id_user, id_message, within), message))
        throw new Error('Two messages have one id');
    },

    async edit(userId, id, { content, edited_at }) {
      const command = new UpdateCommand({
        TableName: table,
        Key: keyOf(userId, id),
        UpdateExpression: 'SET content = :content, edited_at = :edited_at',
        ConditionExpression: 'attribute_exists(sk) AND is_bot = :no',
        ExpressionAttributeValues: { ':content': content, ':edited_at': edited_at, ':no': false },
        ReturnValues: 'ALL_NEW',
      });
      const updated = await holds(reached(client.send(command, deadline())));
      return updated && toMessage(updated.Attributes ?? {});
    },

    async delete(userId, id) {
      await reached(client.send(new DeleteCommand({ TableName: table, Key: keyOf(userId, id) }), deadline()));
    },

    async deleteAll(userId) {
      const command = new QueryCommand({
        TableName: table,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :user',
        ExpressionAttributeValues: { ':user': userId },
        ProjectionExpression: 'pk, sk',
        Limit: BATCH,
      });
      for (;;) {
        const { Items = [] } = await reached(client.send(command, deadline()));
        if (Items.length === 0) return;
        const requests = Items.map((Key) => ({ DeleteRequest: { Key } }));
        // What DynamoDB leaves undone is found again.
        await reached(client.send(new BatchWriteCommand({ RequestItems: { [table]: requests } }), deadline()));
      }
    },
  };
}

/** The cast: this file alone writes these items. */
function toMessage({ pk, sk, ...said }: Record<string, unknown>): Message {
  return { id_message: (sk as string).slice(PREFIX.length), id_user: pk, ...said } as Message;
}

const deadline = () => ({ abortSignal: AbortSignal.timeout(DEADLINE_MS) });

/** What DynamoDB answered; undefined if a condition did not hold. */
async function holds<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (nameOf(error) === 'ConditionalCheckFailedException') return undefined;
    throw error;
  }
}

/** Throws `service-unavailable` for everything but a failed condition and a request of ours that is wrong. */
async function reached<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (['ConditionalCheckFailedException', 'ValidationException'].includes(nameOf(error))) throw error;
    throw new Problem('service-unavailable', { cause: error });
  }
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : '');
