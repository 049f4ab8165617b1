import type { Conversation, ConversationStore } from '@async-chatbot/core/ports/conversation-store';
import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { deleteConversation } from './batch.ts';
import type { DynamoClient } from './client.ts';
import { isVisible, toConversation } from './conversation-item.ts';
import { expiresIn, NOT_EXPIRED } from './expiry.ts';
import { CONVERSATION_PREFIX, conversationKey } from './keys.ts';
import type { StoreOptions } from './message-store.ts';
import { queryPage } from './page.ts';
import { dynamoSweeps } from './sweeps.ts';
import { unlessConditionFails } from './unless-condition-fails.ts';

export function dynamoConversationStore(
  client: DynamoClient,
  { table, ttlDays }: StoreOptions,
  now: () => Date,
): ConversationStore {
  const nowSeconds = () => now().getTime() / 1000;
  const expiring = () => expiresIn(ttlDays, now());

  /** Returns the changed conversation; undefined if there is none. */
  async function change(
    userId: string,
    id: string,
    { title, at, titleIs }: { title: string; at: string; titleIs: string },
  ): Promise<Conversation | undefined> {
    const { expire } = expiring();
    const command = new UpdateCommand({
      TableName: table,
      Key: conversationKey(userId, id),
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
    const changed = await unlessConditionFails(client.send(command));
    return changed?.Attributes && toConversation(changed.Attributes);
  }

  /** Marks a conversation as deleted. False if there is neither a conversation nor a deletion to continue. */
  async function mark(userId: string, id: string): Promise<boolean> {
    const command = new UpdateCommand({
      TableName: table,
      Key: conversationKey(userId, id),
      UpdateExpression: 'SET deleted = :yes',
      ConditionExpression: `attribute_exists(sk) AND (deleted = :yes OR ${NOT_EXPIRED})`,
      ExpressionAttributeValues: { ':yes': true, ':now': nowSeconds() },
    });
    return (await unlessConditionFails(client.send(command))) !== undefined;
  }

  return {
    async list(userId, page) {
      const range = { table, userId, prefix: CONVERSATION_PREFIX, isVisible: (item: object) => isVisible(item, now()) };
      const { items, ...next } = await queryPage(client, range, page);
      return { conversations: items.map(toConversation), ...next };
    },

    async get(userId, id) {
      const command = new GetCommand({ TableName: table, Key: conversationKey(userId, id), ConsistentRead: true });
      const { Item } = await client.send(command);
      return Item && isVisible(Item, now()) ? toConversation(Item) : undefined;
    },

    async create(userId, { id_conversation, ...described }) {
      const command = new PutCommand({
        TableName: table,
        Item: { ...conversationKey(userId, id_conversation), ...described, ...expiring() },
        // A retry must not undo a later change.
        ConditionExpression: 'attribute_not_exists(sk)',
      });
      await unlessConditionFails(client.send(command));
    },

    rename: (userId, id, { title, updated_at }) => change(userId, id, { title, at: updated_at, titleIs: ':title' }),

    async touch(userId, id, sent) {
      const titleIs = 'if_not_exists(title, :title)';
      return (await change(userId, id, { ...sent, titleIs })) !== undefined;
    },

    async delete(userId, id) {
      if (!(await mark(userId, id))) return false;
      await dynamoSweeps(client, table, now).schedule({ userId, id_conversation: id });
      await deleteConversation(client, table, userId, id);
      return true;
    },
  };
}
