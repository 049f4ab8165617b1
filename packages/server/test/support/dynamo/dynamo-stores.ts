import type { StoresAt } from '../../../../core/test/support/stores.ts';
import type { DynamoClient } from '../../../src/dynamo/client.ts';
import { dynamoConversationStore } from '../../../src/dynamo/conversation-store.ts';
import { dynamoMessageStore } from '../../../src/dynamo/message-store.ts';
import { dynamoTurnStore } from '../../../src/dynamo/turn-store.ts';
import { dynamoUsageCounters } from '../../../src/dynamo/usage-counters.ts';

/** The stores on a table. */
export const dynamoStores =
  (client: DynamoClient, table: string, ttlDays?: number): StoresAt =>
  (aheadMs = 0) => {
    const now = () => new Date(Date.now() + aheadMs);
    const options = { table, ttlDays };
    return {
      messages: dynamoMessageStore(client, options, now),
      conversations: dynamoConversationStore(client, options, now),
      turns: dynamoTurnStore(client, options, now),
      usage: dynamoUsageCounters(client, table),
    };
  };
