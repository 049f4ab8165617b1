import { v4 as uuid } from 'uuid';
import { deleteByPrefix, deleteConversation, deleteOlder } from './batch.ts';
import type { DynamoClient } from './client.ts';
import { deleteItem, putItem, query } from './commands.ts';
import { type Key, LAST, SWEEPS, timeSortKey } from './keys.ts';

/**
 * Longer than any request takes from the check of its session to its last write: 30 s for the body, 10 s for its calls, and 3 s
 * to store a turn. A generation stops when its reply has been deleted.
 */
const SWEEP_AFTER_MS = 60_000;

/** What to delete: a conversation, or everything about a user, or of that only what was created before a time. */
interface SweepTarget {
  userId: string;
  id_conversation?: string | undefined;
  beforeMs?: number | undefined;
}

type SweepItem = Key & SweepTarget;

/** Deletions to repeat, since requests in progress on any server may still write. */
export function dynamoSweeps(client: DynamoClient, table: string, now: () => Date) {
  async function sweep({ pk, sk, userId, id_conversation, beforeMs }: SweepItem): Promise<void> {
    if (id_conversation !== undefined) await deleteConversation(client, table, userId, id_conversation);
    else if (beforeMs !== undefined) await deleteOlder(client, table, userId, beforeMs);
    else await deleteByPrefix(client, table, userId);
    const command = deleteItem({ TableName: table, Key: { pk, sk } });
    await client.send(command);
  }

  return {
    async schedule(target: SweepTarget): Promise<void> {
      const key: Key = { pk: SWEEPS, sk: timeSortKey(now().getTime() + SWEEP_AFTER_MS, uuid()) };
      const Item: SweepItem = { ...key, ...target };
      // Even if the client has disconnected, since the target is already marked as deleted.
      await client.detach(() => client.send(putItem({ TableName: table, Item })));
    },

    /** Runs the sweeps that are due. Several servers may run the same ones. Rejects if it cannot read them. */
    async run(onFailure: (error: unknown) => void): Promise<void> {
      const command = query({
        TableName: table,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk AND sk <= :due',
        ExpressionAttributeValues: { ':pk': SWEEPS, ':due': timeSortKey(now().getTime(), LAST) },
      });
      const { Items = [] } = await client.send(command);
      // The cast: only this file writes these items.
      for (const item of Items as SweepItem[]) await sweep(item).catch(onFailure);
    },
  };
}
