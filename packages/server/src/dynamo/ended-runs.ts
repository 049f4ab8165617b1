import type { GenerationRun, TurnStore } from '@async-chatbot/core/ports/turn-store';
import { inBatches } from './batch.ts';
import type { DynamoClient } from './client.ts';
import { batchGetItem } from './commands.ts';
import { hasExpired } from './expiry.ts';
import { type Key, messageKey } from './keys.ts';
import type { MessageItem } from './message-item.ts';

/** DynamoDB's maximum number of items per batch read. */
const BATCH = 100;

/** Reads the replies of many runs in batches. */
export function dynamoEndedRuns(client: DynamoClient, table: string, now: () => Date): Pick<TurnStore, 'endedRuns'> {
  async function endedIn(runs: readonly GenerationRun[]): Promise<GenerationRun[]> {
    const keys = new Map(runs.map((run) => [nameOf(keyOf(run)), keyOf(run)]));
    const command = batchGetItem({
      RequestItems: {
        [table]: {
          Keys: [...keys.values()],
          ConsistentRead: true,
          ProjectionExpression: 'pk, sk, run, cancel, expire',
        },
      },
    });
    const { Responses, UnprocessedKeys } = await client.send(command);
    // The casts: only this folder writes these items and keys.
    const found = (Responses?.[table] ?? []) as (Key & MessageItem)[];
    const items = new Map(found.map((item) => [nameOf(item), item]));
    const unread = new Set(((UnprocessedKeys?.[table]?.Keys ?? []) as Key[]).map(nameOf));
    return runs.filter((run) => {
      const name = nameOf(keyOf(run));
      const item = items.get(name);
      return !unread.has(name) && (item?.run !== run.run || item.cancel === run.run || hasExpired(item, now()));
    });
  }

  return {
    async endedRuns(runs) {
      return (await Promise.all(inBatches(runs, BATCH).map(endedIn))).flat();
    },
  };
}

const keyOf = ({ conversation, id_reply }: GenerationRun): Key => messageKey(conversation, id_reply);
const nameOf = ({ pk, sk }: Key): string => `${pk} ${sk}`;
