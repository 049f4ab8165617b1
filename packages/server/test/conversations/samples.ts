import type { ThreadLocks } from '@async-chatbot/core/ports/conversation-locks';
import type { Conversation, ConversationStore } from '@async-chatbot/core/ports/conversation-store';
import type { MessageStore } from '@async-chatbot/core/ports/message-store';
import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { dynamoClient } from '../../src/dynamo/client.ts';
import { dynamoThreadLocks } from '../../src/dynamo/conversation-locks.ts';
import { dynamoConversations } from '../../src/dynamo/conversation-store.ts';
import { dynamoStore } from '../../src/dynamo/message-store.ts';
import { messageOf, newId } from '../messages/samples.ts';
import { CANARY } from '../support/canary.ts';

/** A table with all that is kept about conversations. */
export interface World {
  store: ConversationStore;
  /** A store that keeps for so many days, at another time. */
  storeAt: (days: number, options?: { keptDays?: number }) => ConversationStore;
  /** A deletion that is cut short after so many calls of DynamoDB: its answer, or the error. */
  cutDeletion: (userId: string, id: string, calls: number) => Promise<unknown>;
  messages: MessageStore;
  locks: ThreadLocks;
  /** The sort keys of all that is kept about a user, in order. */
  kept: (userId: string) => Promise<string[]>;
}

/** Gives the one world that all cases share; each case is another user's. */
export type OpenWorld = () => Promise<World>;

const DAY_MS = 86_400_000;
const now = () => new Date();

export const worldAt = (endpoint: string, table: string): World =>
  worldOf(dynamoClient({ region: 'local', endpoint }), table);

export function worldOf(client: DynamoDBDocumentClient, table: string): World {
  const store = dynamoConversations(client, { table }, now);
  return {
    store,
    storeAt: (days, options) =>
      dynamoConversations(client, { table, ...options }, () => new Date(Date.now() + days * DAY_MS)),
    async cutDeletion(userId, id, calls) {
      let left = calls;
      client.middlewareStack.add(
        (next) => (sent) => {
          left -= 1;
          if (left < 0) throw new Error('Cut by the test');
          return next(sent);
        },
        { step: 'initialize', name: 'cut' },
      );
      const outcome = await store.delete(userId, id).catch((error: unknown) => error);
      client.middlewareStack.remove('cut');
      return outcome;
    },
    messages: dynamoStore(client, { table }, now),
    locks: dynamoThreadLocks(client, table, now),
    async kept(userId) {
      const query = new QueryCommand({
        TableName: table,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :user',
        ExpressionAttributeValues: { ':user': userId },
        ProjectionExpression: 'sk',
      });
      const { Items = [] } = await client.send(query);
      return Items.map(({ sk }) => sk);
    },
  };
}

/** A new conversation, later than those before it. */
export function conversationOf(described: Partial<Conversation> = {}): Conversation {
  const created_at = new Date().toISOString();
  return { id_conversation: newId(), created_at, updated_at: created_at, ...described };
}

/** New conversations that are in the store, newest first. */
export async function conversationsOf(store: ConversationStore, userId: string, length: number) {
  const conversations = Array.from({ length }, (_, index) => conversationOf({ title: `${CANARY} ${index}` }));
  for (const conversation of conversations) await store.create(userId, conversation);
  return conversations.reverse();
}

/** New messages of a conversation, or of the default one. */
export async function talk({ messages }: World, id_user: string, id_conversation: string | undefined, length: number) {
  const said = Array.from({ length }, () => messageOf(id_user, id_conversation ? { id_conversation } : {}));
  while (said.length > 0) await messages.put(said.splice(0, 25));
}

/** Every page from the newest conversation to the oldest. */
export async function pagesOf(store: ConversationStore, userId: string, limit: number): Promise<Conversation[][]> {
  const pages: Conversation[][] = [];
  let cursor: string | undefined;
  do {
    const { conversations, next_cursor } = await store.list(userId, { limit, cursor });
    pages.push(conversations);
    cursor = next_cursor;
  } while (cursor && pages.length < 1000);
  return pages;
}

/** The pages that there should be. */
export const inPages = (conversations: Conversation[], limit: number): Conversation[][] =>
  Array.from({ length: Math.ceil(conversations.length / limit) }, (_, page) =>
    conversations.slice(page * limit, (page + 1) * limit),
  );

export const LATER = '2126-01-02T03:04:05.678Z';

/** Every method but `delete` finds nothing under this id. */
export async function found(store: ConversationStore, userId: string, id: string): Promise<unknown[]> {
  const { conversations } = await store.list(userId, { limit: 100 });
  const answers = [
    await store.get(userId, id),
    await store.rename(userId, id, { title: CANARY, updated_at: LATER }),
    await store.touch(userId, id, { title: CANARY, at: LATER }),
    conversations.find(({ id_conversation }) => id_conversation === id),
  ];
  return answers.filter(Boolean);
}
