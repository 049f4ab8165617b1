import type { ConversationKey, Versions } from '@async-chatbot/core/ports/message';
import type { MessageStore } from '@async-chatbot/core/ports/message-store';
import { assignments } from './assignments.ts';
import { deleteByPrefix, writeBatch } from './batch.ts';
import type { DynamoClient } from './client.ts';
import { deleteItem, getItem, updateItem } from './commands.ts';
import { hasExpired, NOT_EXPIRED } from './expiry.ts';
import { messageKey, messagePrefix } from './keys.ts';
import { type MessageItem, toMessage } from './message-item.ts';
import { queryPage } from './page.ts';
import { dynamoSweeps } from './sweeps.ts';
import { unlessConditionFails } from './unless-condition-fails.ts';

export interface StoreOptions {
  table: string;
  /** How long messages and conversations are stored; forever by default. */
  ttlDays?: number | undefined;
}

export function dynamoMessageStore(client: DynamoClient, { table }: StoreOptions, now: () => Date): MessageStore {
  async function read(conversation: ConversationKey, id: string): Promise<MessageItem | undefined> {
    const command = getItem({ TableName: table, Key: messageKey(conversation, id), ConsistentRead: true });
    const { Item } = await client.send(command);
    // The cast: only this folder writes these items.
    return Item && !hasExpired(Item, now()) ? (Item as MessageItem) : undefined;
  }

  async function get(conversation: ConversationKey, id: string) {
    const item = await read(conversation, id);
    return item && toMessage(item, now());
  }

  async function change(
    conversation: ConversationKey,
    id: string,
    isBot: boolean,
    fields: object,
    versions?: Versions,
  ) {
    const { clause, names, values } = assignments(fields);
    const command = updateItem({
      TableName: table,
      Key: messageKey(conversation, id),
      UpdateExpression: `SET ${clause}, #version = if_not_exists(#version, :one) + :one`,
      ConditionExpression: `is_bot = :is_bot AND ${NOT_EXPIRED}${hasVersion(versions)}`,
      ExpressionAttributeNames: { ...names, '#version': 'version' },
      ExpressionAttributeValues: {
        ...values,
        ...versionValues(versions),
        ':is_bot': isBot,
        ':now': now().getTime() / 1000,
        ':one': 1,
      },
      ReturnValues: 'ALL_NEW',
    });
    const updated = await unlessConditionFails(client.send(command));
    // The cast: as above.
    return updated && toMessage(updated.Attributes as MessageItem, now());
  }

  return {
    async list(conversation, page) {
      const range = { table, userId: conversation.userId, prefix: messagePrefix(conversation) };
      const isVisible = (item: object) => !hasExpired(item, now());
      const { items, ...next } = await queryPage(client, { ...range, isVisible }, page);
      // The cast: as above.
      return { messages: items.map((item) => toMessage(item as object as MessageItem, now())), ...next };
    },

    get,

    async edit(conversation, id, { content, edited_at }, versions) {
      const edited = await change(conversation, id, false, { content, edited_at }, versions);
      if (edited || !versions) return edited;
      // The SDK retries an edit whose response was lost, and the retry finds the version of the first attempt.
      const found = await get(conversation, id);
      return found?.content === content && found.edited_at === edited_at ? found : undefined;
    },

    rate: (conversation, id, feedback) => change(conversation, id, true, { feedback }),

    async delete(conversation, id, versions) {
      const item = await read(conversation, id);
      if (!item) return 'missing';
      if (Array.isArray(versions) && !versions.includes(item.version)) return 'changed';
      return client.detach(() => deleteTurn(conversation, id, item, versions));
    },

    // To its end, since half an account is of no use.
    deleteAll: (userId) => client.detach(() => deleteByPrefix(client, table, userId)),
    scheduleDeleteAll: (userId, options) =>
      dynamoSweeps(client, table, now).schedule({ userId, ...(options && { beforeMs: options.before.getTime() }) }),
  };

  async function deleteTurn(conversation: ConversationKey, id: string, item: MessageItem, versions?: Versions) {
    // A retry of the send must not restore a deleted message, but may regenerate a deleted reply.
    const markKey = async (isDeleted: boolean) =>
      item.key && !item.is_bot && setKeyDeleted(conversation.userId, item.key, isDeleted);
    await markKey(true);
    if (Array.isArray(versions) && !(await deleteIf(conversation, id, versions))) {
      await markKey(false);
      return 'changed';
    }
    // With versions, the message has just been deleted.
    const ids = [Array.isArray(versions) ? undefined : id, item.id_reply].filter((each) => each !== undefined);
    const requests = ids.map((each) => ({ DeleteRequest: { Key: messageKey(conversation, each) } }));
    if (requests.length > 0) await writeBatch(client, table, requests);
    return 'deleted';
  }

  async function deleteIf(conversation: ConversationKey, id: string, versions: readonly number[]): Promise<boolean> {
    if (versions.length === 0) return false;
    const command = deleteItem({
      TableName: table,
      Key: messageKey(conversation, id),
      ConditionExpression: `attribute_exists(sk)${hasVersion(versions)}`,
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: versionValues(versions),
    });
    if (await unlessConditionFails(client.send(command))) return true;
    // The SDK retries a deletion whose response was lost, and the retry finds nothing.
    return (await read(conversation, id)) === undefined;
  }

  async function setKeyDeleted(userId: string, record: string, isDeleted: boolean): Promise<void> {
    const command = updateItem({
      TableName: table,
      Key: { pk: userId, sk: record },
      UpdateExpression: 'SET is_deleted = :is_deleted',
      ConditionExpression: 'attribute_exists(sk)',
      ExpressionAttributeValues: { ':is_deleted': isDeleted },
    });
    await unlessConditionFails(client.send(command));
  }
}

/** A condition that the item has one of these versions; an empty list matches none. */
function hasVersion(versions: Versions | undefined): string {
  if (versions === undefined || versions === '*') return '';
  if (versions.length === 0) return ' AND attribute_not_exists(pk)';
  return ` AND #version IN (${versions.map((_, index) => `:version${index}`)})`;
}

const versionValues = (versions: Versions | undefined) =>
  Array.isArray(versions) ? Object.fromEntries(versions.map((version, index) => [`:version${index}`, version])) : {};
