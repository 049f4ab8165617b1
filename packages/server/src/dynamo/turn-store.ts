import type { TurnStore } from '@async-chatbot/core/ports/turn-store';
import type { DynamoClient } from './client.ts';
import { dynamoConversationLocks } from './conversation-locks.ts';
import { dynamoEndedRuns } from './ended-runs.ts';
import { dynamoIdempotencyKeys } from './idempotency-keys.ts';
import type { StoreOptions } from './message-store.ts';
import { dynamoNewTurns } from './new-turns.ts';
import { dynamoReplies } from './replies.ts';
import { dynamoReplyChunks } from './reply-chunks.ts';

export function dynamoTurnStore(client: DynamoClient, options: StoreOptions, now: () => Date): TurnStore {
  return {
    ...dynamoIdempotencyKeys(client, options.table, now),
    ...dynamoConversationLocks(client, options.table, now),
    ...dynamoNewTurns(client, options, now),
    ...dynamoReplies(client, options, now),
    ...dynamoEndedRuns(client, options.table, now),
    ...dynamoReplyChunks(client, options.table, now),
    // DynamoDB does not notify, so the reply must be polled.
    nextChange: async () => undefined,
  };
}
