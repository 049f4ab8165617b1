import type { ConversationStore } from '@async-chatbot/core/ports/conversation-store';
import type { MessageStore } from '@async-chatbot/core/ports/message-store';
import type { TurnStore } from '@async-chatbot/core/ports/turn-store';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dynamoConversationStore } from '../../src/dynamo/conversation-store.ts';
import { dynamoMessageStore } from '../../src/dynamo/message-store.ts';
import { dynamoTurnStore } from '../../src/dynamo/turn-store.ts';

/** Stores that share their data. */
export interface Stores {
  messages: MessageStore;
  conversations: ConversationStore;
  turns: TurnStore;
}

/** The stores of a server whose clock is ahead by this many milliseconds. */
export type StoresAt = (aheadMs?: number) => Stores;

/** Returns the stores that all cases share; each case uses its own users. */
export type OpenStores = () => Promise<StoresAt>;

/** The stores on a table. */
export const dynamoStores =
  (client: DynamoDBDocumentClient, table: string, ttlDays?: number): StoresAt =>
  (aheadMs = 0) => {
    const now = () => new Date(Date.now() + aheadMs);
    const options = { table, ttlDays };
    return {
      messages: dynamoMessageStore(client, options, now),
      conversations: dynamoConversationStore(client, options, now),
      turns: dynamoTurnStore(client, options, now),
    };
  };

/** How many of these concurrent calls had this outcome. */
export const countOf = async (
  calls: Promise<unknown>[],
  isCounted: (outcome: unknown) => boolean = Boolean,
): Promise<number> => (await Promise.all(calls)).filter(isCounted).length;
