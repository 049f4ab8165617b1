import type { Thread, Versions } from '@async-chatbot/core/ports/message';
import type { MessageStore } from '@async-chatbot/core/ports/message-store';
import { DeleteCommand, type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { sweep, writeBatch } from './batch.ts';
import { deadline, holds, reached } from './calls.ts';
import { expiry, isKept, keyOf, type MessageItem, prefixOf, toMessage } from './message-item.ts';
import { dynamoPage } from './page.ts';

/** Where messages are kept, and how long: for ever unless given. */
export interface TableOptions {
  table: string;
  keptDays?: number | undefined;
}

/** One table: partition key `pk` is the user's id, sort key `sk` the conversation's and the message's ids. */
export function dynamoStore(
  client: DynamoDBDocumentClient,
  { table, keptDays }: TableOptions,
  now: () => Date,
): MessageStore {
  async function read(thread: Thread, id: string): Promise<MessageItem | undefined> {
    const command = new GetCommand({ TableName: table, Key: keyOf(thread, id), ConsistentRead: true });
    const { Item } = await reached(client.send(command, deadline()));
    // The cast: these files alone write these items.
    return Item && isKept(Item, now()) ? (Item as MessageItem) : undefined;
  }

  async function get(thread: Thread, id: string) {
    const item = await read(thread, id);
    return item && toMessage(item, now());
  }

  async function change(thread: Thread, id: string, isBot: boolean, fields: object, versions?: Versions) {
    const names = Object.keys(fields);
    const command = new UpdateCommand({
      TableName: table,
      Key: keyOf(thread, id),
      UpdateExpression: `SET ${names.map((name) => `${name} = :${name}`)}, #version = if_not_exists(#version, :one) + :one`,
      ConditionExpression: `is_bot = :is_bot AND (attribute_not_exists(expire) OR expire > :now)${among(versions)}`,
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: {
        ...Object.fromEntries(Object.entries(fields).map(([name, value]) => [`:${name}`, value])),
        ...valuesOf(versions),
        ':is_bot': isBot,
        ':now': now().getTime() / 1000,
        ':one': 1,
      },
      ReturnValues: 'ALL_NEW',
    });
    const updated = await holds(reached(client.send(command, deadline())));
    // The cast, as above.
    return updated && toMessage(updated.Attributes as MessageItem, now());
  }

  return {
    async list(thread, page) {
      const isShown = (item: object) => isKept(item, now());
      const range = { table, userId: thread.userId, prefix: prefixOf(thread), isShown };
      const { items, ...next } = await dynamoPage(client, range, page);
      // The cast, as above.
      return { messages: items.map((item) => toMessage(item as object as MessageItem, now())), ...next };
    },

    get,

    async put(messages, { leaseMs, key } = {}) {
      const nowMs = now().getTime();
      const common = { ...(key && { key }), ...expiry(keptDays, nowMs) };
      const requests = messages.map(({ id_message, id_user, id_conversation, ...said }) => ({
        PutRequest: {
          Item: {
            ...keyOf({ userId: id_user, id_conversation }, id_message),
            ...said,
            ...common,
            ...(said.is_bot && { run: 1 }),
            ...(said.status === 'pending' && { lease: nowMs + (leaseMs ?? 0) }),
          },
        },
      }));
      await writeBatch(client, table, requests);
    },

    async edit(thread, id, { content, edited_at }, versions) {
      const edited = await change(thread, id, false, { content, edited_at }, versions);
      if (edited || !versions) return edited;
      // The SDK repeats an edit whose answer was lost, and the second finds the version that the first made.
      const found = await get(thread, id);
      return found?.content === content && found.edited_at === edited_at ? found : undefined;
    },

    rate: (thread, id, feedback) => change(thread, id, true, { feedback }),

    async delete(thread, id, versions) {
      const item = await read(thread, id);
      if (!item) return 'missing';
      if (Array.isArray(versions) && !versions.includes(item.version)) return 'changed';
      // A reply that is deleted by itself may be written again under the key of its message.
      if (item.key && !item.is_bot) await forgetKey(thread.userId, item.key);
      if (Array.isArray(versions) && !(await deleteIf(thread, id, versions))) return 'changed';
      const ids = [id, item.id_reply].filter((each) => each !== undefined);
      await writeBatch(
        client,
        table,
        ids.map((each) => ({ DeleteRequest: { Key: keyOf(thread, each) } })),
      );
      return 'deleted';
    },

    deleteAll: (userId) => sweep(client, table, userId),
  };

  async function deleteIf(thread: Thread, id: string, versions: readonly number[]): Promise<boolean> {
    if (versions.length === 0) return false;
    const command = new DeleteCommand({
      TableName: table,
      Key: keyOf(thread, id),
      ConditionExpression: `attribute_exists(sk)${among(versions)}`,
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: valuesOf(versions),
    });
    if (await holds(reached(client.send(command, deadline())))) return true;
    // The SDK repeats a deletion whose answer was lost, and the second finds nothing.
    return (await read(thread, id)) === undefined;
  }

  /** A repeat of the send must not bring the message back. */
  async function forgetKey(userId: string, key: string): Promise<void> {
    const command = new UpdateCommand({
      TableName: table,
      Key: { pk: userId, sk: key },
      UpdateExpression: 'SET is_deleted = :yes',
      ConditionExpression: 'attribute_exists(sk)',
      ExpressionAttributeValues: { ':yes': true },
    });
    await holds(reached(client.send(command, deadline())));
  }
}

/** A condition that no version meets when there is none to meet. */
function among(versions: Versions | undefined): string {
  if (versions === undefined || versions === '*') return '';
  if (versions.length === 0) return ' AND attribute_not_exists(pk)';
  return ` AND #version IN (${versions.map((_, index) => `:version${index}`)})`;
}

const valuesOf = (versions: Versions | undefined) =>
  Array.isArray(versions) ? Object.fromEntries(versions.map((version, index) => [`:version${index}`, version])) : {};
