import type { Conversation, ConversationStore } from '@async-chatbot/core/ports/conversation-store';
import { activityOf } from '@async-chatbot/shared/cursor';
import { assignments } from './assignments.ts';
import { deleteConversation } from './batch.ts';
import type { DynamoClient } from './client.ts';
import { getItem, putItem, updateItem } from './commands.ts';
import { isVisible, toConversation } from './conversation-item.ts';
import { expiresIn, NOT_EXPIRED } from './expiry.ts';
import { CONVERSATION_PREFIX, conversationKey } from './keys.ts';
import type { StoreOptions } from './message-store.ts';
import { queryActivityPage, queryPage } from './page.ts';
import { dynamoSweeps } from './sweeps.ts';
import { unlessConditionFails } from './unless-condition-fails.ts';

export function dynamoConversationStore(
  client: DynamoClient,
  { table, ttlDays }: StoreOptions,
  now: () => Date,
): ConversationStore {
  const nowSeconds = () => now().getTime() / 1000;
  const isVisibleNow = (item: object) => isVisible(item, now());
  const expiring = () => expiresIn(ttlDays, now());

  /** Returns the changed conversation; undefined if there is none. */
  async function change(
    userId: string,
    id_conversation: string,
    { title, at, titleIs }: { title: string; at: string; titleIs: string },
  ): Promise<Conversation | undefined> {
    const update = async (fields: object, condition = '') => {
      const { clause, names, values } = assignments({ ...fields, ...expiring() });
      const command = updateItem({
        TableName: table,
        Key: conversationKey(userId, id_conversation),
        UpdateExpression: `SET title = ${titleIs}${clause && `, ${clause}`}`,
        ConditionExpression: `attribute_exists(sk) AND attribute_not_exists(deleted) AND ${NOT_EXPIRED}${condition}`,
        ExpressionAttributeNames: clause ? names : undefined,
        ExpressionAttributeValues: { ...values, ':title': title, ':now': nowSeconds() },
        ReturnValues: 'ALL_NEW',
      });
      const updated = await unlessConditionFails(client.send(command));
      return updated?.Attributes && toConversation(updated.Attributes);
    };
    const moved = { updated_at: at, activity: activityOf({ updated_at: at, id_conversation }) };
    // Servers' clocks differ, and requests may arrive late, so a later activity is kept.
    return (await update(moved, ' AND updated_at <= :updated_at')) ?? (await update({}));
  }

  /** Marks a conversation as deleted. False if there is neither a conversation nor a deletion to continue. */
  async function mark(userId: string, id: string): Promise<boolean> {
    const command = updateItem({
      TableName: table,
      Key: conversationKey(userId, id),
      UpdateExpression: 'SET deleted = :yes REMOVE activity',
      ConditionExpression: `attribute_exists(sk) AND (deleted = :yes OR ${NOT_EXPIRED})`,
      ExpressionAttributeValues: { ':yes': true, ':now': nowSeconds() },
    });
    return (await unlessConditionFails(client.send(command))) !== undefined;
  }

  return {
    async list(userId, page) {
      const { items, ...next } = await queryActivityPage(client, { table, userId, isVisible: isVisibleNow }, page);
      return { conversations: items.map(toConversation), ...next };
    },

    async listById(userId, page) {
      const range = { table, userId, prefix: CONVERSATION_PREFIX, isVisible: isVisibleNow };
      const { items, ...next } = await queryPage(client, range, page);
      return { conversations: items.map(toConversation), ...next };
    },

    async get(userId, id) {
      const command = getItem({ TableName: table, Key: conversationKey(userId, id), ConsistentRead: true });
      const { Item } = await client.send(command);
      return Item && isVisibleNow(Item) ? toConversation(Item) : undefined;
    },

    async create(userId, conversation) {
      const { id_conversation, ...described } = conversation;
      const key = conversationKey(userId, id_conversation);
      const command = putItem({
        TableName: table,
        Item: { ...key, ...described, activity: activityOf(conversation), ...expiring() },
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
      // Together, since a marked conversation is no longer listed, so its user would not repeat the deletion.
      const marked = await client.detach(async () => {
        if (!(await mark(userId, id))) return undefined;
        return { scheduled: dynamoSweeps(client, table, now).schedule({ userId, id_conversation: id }) };
      });
      if (marked) await deleteConversation(client, table, userId, id, marked.scheduled);
      return marked !== undefined;
    },
  };
}
