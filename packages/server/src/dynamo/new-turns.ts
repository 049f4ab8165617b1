import type { TurnStore } from '@async-chatbot/core/ports/turn-store';
import { writeBatch } from './batch.ts';
import type { DynamoClient } from './client.ts';
import { expiresIn } from './expiry.ts';
import { messageKey } from './keys.ts';
import type { StoreOptions } from './message-store.ts';

/** A new message and its reply are two items, written in one batch. */
export function dynamoNewTurns(
  client: DynamoClient,
  { table, ttlDays }: StoreOptions,
  now: () => Date,
): Pick<TurnStore, 'create' | 'discard'> {
  return {
    async create(messages, { leaseMs, keyRecord }) {
      const common = { ...(keyRecord && { key: keyRecord }), ...expiresIn(ttlDays, now()) };
      const requests = messages.map(({ id_message, id_user, id_conversation, ...fields }) => ({
        PutRequest: {
          Item: {
            ...messageKey({ userId: id_user, id_conversation }, id_message),
            ...fields,
            ...common,
            ...(fields.is_bot && { run: 1 }),
            ...(fields.status === 'pending' && { lease: now().getTime() + leaseMs }),
          },
        },
      }));
      await writeBatch(client, table, requests);
    },

    async discard(messages) {
      const requests = messages.map(({ id_message, id_user, id_conversation }) => ({
        DeleteRequest: { Key: messageKey({ userId: id_user, id_conversation }, id_message) },
      }));
      await writeBatch(client, table, requests);
    },
  };
}
