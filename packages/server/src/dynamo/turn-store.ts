import type { TurnStore } from '@async-chatbot/core/ports/turn-store';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dynamoConversationLocks } from './conversation-locks.ts';
import { dynamoIdempotencyKeys } from './idempotency-keys.ts';
import type { StoreOptions } from './message-store.ts';
import { dynamoReplies } from './replies.ts';
import { dynamoReplyChunks } from './reply-chunks.ts';

export function dynamoTurnStore(client: DynamoDBDocumentClient, options: StoreOptions, now: () => Date): TurnStore {
  return {
    ...dynamoIdempotencyKeys(client, options.table, now),
    ...dynamoConversationLocks(client, options.table, now),
    ...dynamoReplies(client, options, now),
    ...dynamoReplyChunks(client, options.table, now),
    // DynamoDB does not notify, so the reply must be polled.
    nextChange: async () => undefined,
  };
}
