import type { ConversationStore } from '@async-chatbot/core/ports/conversation-store';
import type { Stores } from '../../../../core/test/support/stores.ts';
import type { DynamoClient } from '../../../src/dynamo/client.ts';
import { query } from '../../../src/dynamo/commands.ts';
import { ACTIVITY_INDEX } from '../../../src/dynamo/keys.ts';
import { dynamoStores } from './dynamo-stores.ts';
import { intercepted } from './intercepted.ts';

/** A table that can be inspected, with deletions that can be interrupted. */
export interface DynamoTable extends Stores {
  /** The conversations of a server whose clock is ahead by this many days, and with this TTL. */
  at: (days: number, ttlDays?: number) => ConversationStore;
  /** Interrupts a deletion after this many requests, and returns its outcome or the error. */
  cutDeletion: (userId: string, id: string, requests: number) => Promise<unknown>;
  /** The sort keys of everything that is stored about a user, in order. */
  keysOf: (userId: string) => Promise<string[]>;
  /** The sort keys of what the index of conversations contains about a user, the last activity last. */
  indexedOf: (userId: string) => Promise<string[]>;
}

export type OpenTable = () => Promise<DynamoTable>;

const DAY_MS = 86_400_000;

export function dynamoTable(client: DynamoClient, table: string): DynamoTable {
  const stores = dynamoStores(client, table)();

  async function keysOf(userId: string, IndexName?: string): Promise<string[]> {
    const command = query({
      TableName: table,
      IndexName,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :user',
      ExpressionAttributeValues: { ':user': userId },
      ProjectionExpression: 'sk',
    });
    const { Items = [] } = await client.send(command);
    return Items.map(({ sk }) => sk);
  }

  return {
    ...stores,
    at: (days, ttlDays) => dynamoStores(client, table, ttlDays)(days * DAY_MS).conversations,
    async cutDeletion(userId, id, requests) {
      let left = requests;
      const cut = intercepted(client, (_command, next) => {
        left -= 1;
        if (left < 0) throw new Error('Interrupted by the test');
        return next();
      });
      return dynamoStores(cut, table)()
        .conversations.delete(userId, id)
        .catch((error: unknown) => error);
    },
    keysOf: (userId) => keysOf(userId),
    indexedOf: (userId) => keysOf(userId, ACTIVITY_INDEX.name),
  };
}
