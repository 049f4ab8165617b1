import type { UsageCounters, UsageCounts } from '@async-chatbot/core/ports/usage-counters';
import { type Day, SECONDS_OF_DAY } from '@async-chatbot/shared/day';
import type { DynamoClient } from './client.ts';
import { getItem, updateItem } from './commands.ts';
import { usageKey } from './keys.ts';
import { unlessConditionFails } from './unless-condition-fails.ts';

/** The SDK retries an addition whose response was lost, which then counts twice. This is rare, and lasts until the day ends. */
export function dynamoUsageCounters(client: DynamoClient, table: string): UsageCounters {
  async function add(
    userId: string,
    { name: day, endSeconds }: Day,
    counts: UsageCounts,
    condition: string,
    limits: object = {},
  ): Promise<UsageCounts | undefined> {
    const names = Object.keys(counts);
    const command = updateItem({
      TableName: table,
      Key: usageKey(userId, day),
      UpdateExpression: `SET expire = :expire ADD ${names.map((name) => `${name} :${name}`)}`,
      ConditionExpression: condition,
      ExpressionAttributeValues: {
        ...Object.fromEntries(Object.entries(counts).map(([name, count]) => [`:${name}`, count])),
        ...limits,
        ':expire': endSeconds + 2 * SECONDS_OF_DAY,
      },
      ReturnValues: 'UPDATED_NEW',
    });
    return (await unlessConditionFails(client.send(command)))?.Attributes;
  }

  return {
    async read(userId, { name: day }) {
      const command = getItem({ TableName: table, Key: usageKey(userId, day), ConsistentRead: true });
      return (await client.send(command)).Item ?? {};
    },

    add(userId, day, counts, limits) {
      const maxBefore = Object.entries(limits).map(
        ([name, limit]) => [name, limit - (Object(counts)[name] ?? 0)] as const,
      );
      const isLeft = maxBefore
        .map(([name]) => `(attribute_not_exists(${name}) OR ${name} <= :most_${name})`)
        .join(' AND ');
      const values = Object.fromEntries(maxBefore.map(([name, count]) => [`:most_${name}`, count]));
      return add(userId, day, counts, isLeft, values);
    },

    async correct(userId, day, counts) {
      await add(userId, day, counts, 'attribute_exists(sk)');
    },
  };
}
