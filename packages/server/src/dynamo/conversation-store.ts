import type { Conversation, ConversationStore } from '@async-chatbot/core/ports/conversation-store';
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { sweep } from './batch.ts';
import { deadline, holds, reached } from './calls.ts';
import { isShown, keyOf, NOT_EXPIRED, PREFIX, toConversation } from './conversation-item.ts';
import { expiry, prefixOf } from './message-item.ts';
import type { TableOptions } from './message-store.ts';
import { dynamoPage } from './page.ts';

/** Partition key `pk` is the user's id, sort key `sk` is `C#<conversation>`. It is kept from its last change on. */
export function dynamoConversations(
  client: DynamoDBDocumentClient,
  { table, keptDays }: TableOptions,
  now: () => Date,
): ConversationStore {
  const nowSeconds = () => now().getTime() / 1000;
  const kept = () => expiry(keptDays, now().getTime());

  /** What the conversation has become; undefined if there is none. */
  async function change(
    userId: string,
    id: string,
    { title, at, titleIs }: { title: string; at: string; titleIs: string },
  ): Promise<Conversation | undefined> {
    const { expire } = kept();
    const command = new UpdateCommand({
      TableName: table,
      Key: keyOf(userId, id),
      UpdateExpression: `SET title = ${titleIs}, updated_at = :at${expire ? ', expire = :expire' : ''}`,
      ConditionExpression: `attribute_exists(sk) AND attribute_not_exists(deleted) AND ${NOT_EXPIRED}`,
      ExpressionAttributeValues: {
        ':title': title,
        ':at': at,
        ':now': nowSeconds(),
        ...(expire && { ':expire': expire }),
      },
      ReturnValues: 'ALL_NEW',
    });
    const changed = await holds(reached(client.send(command, deadline())));
    return changed?.Attributes && toConversation(changed.Attributes);
  }

  /** False if there is nothing to delete, nor a deletion to go on with. */
  async function mark(userId: string, id: string): Promise<boolean> {
    const command = new UpdateCommand({
      TableName: table,
      Key: keyOf(userId, id),
      UpdateExpression: 'SET deleted = :yes',
      ConditionExpression: `attribute_exists(sk) AND (deleted = :yes OR ${NOT_EXPIRED})`,
      ExpressionAttributeValues: { ':yes': true, ':now': nowSeconds() },
    });
    return (await holds(reached(client.send(command, deadline())))) !== undefined;
  }

  const remove = (Key: { pk: string; sk: string }) =>
    reached(client.send(new DeleteCommand({ TableName: table, Key }), deadline()));

  return {
    async list(userId, page) {
      const range = { table, userId, prefix: PREFIX, isShown: (item: object) => isShown(item, now()) };
      const { items, ...next } = await dynamoPage(client, range, page);
      return { conversations: items.map(toConversation), ...next };
    },

    async get(userId, id) {
      const command = new GetCommand({ TableName: table, Key: keyOf(userId, id), ConsistentRead: true });
      const { Item } = await reached(client.send(command, deadline()));
      return Item && isShown(Item, now()) ? toConversation(Item) : undefined;
    },

    async create(userId, { id_conversation, ...described }) {
      const command = new PutCommand({
        TableName: table,
        Item: { ...keyOf(userId, id_conversation), ...described, ...kept() },
        // A repeat finds the first, which may have been changed since.
        ConditionExpression: 'attribute_not_exists(sk)',
      });
      await holds(reached(client.send(command, deadline())));
    },

    rename: (userId, id, { title, updated_at }) => change(userId, id, { title, at: updated_at, titleIs: ':title' }),

    async touch(userId, id, sent) {
      const titleIs = 'if_not_exists(title, :title)';
      return (await change(userId, id, { ...sent, titleIs })) !== undefined;
    },

    async delete(userId, id) {
      if (!(await mark(userId, id))) return false;
      await sweep(client, table, userId, prefixOf({ userId, id_conversation: id }));
      // Who may have the bot answer in it.
      await remove({ pk: userId, sk: `T#${id}` });
      // Last of all: as long as it is there, a deletion that was cut short can be repeated to its end.
      await remove(keyOf(userId, id));
      return true;
    },
  };
}
