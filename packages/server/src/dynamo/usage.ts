import type { Usage } from '@async-chatbot/core/ports/usage';
import { type Day, dayOf, SECONDS_OF_DAY } from '@async-chatbot/shared/day';
import { Problem } from '@async-chatbot/shared/problem';
import { type Budget, rateLimitHeaders } from '@async-chatbot/shared/rate-limit-headers';
import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { deadline, holds, reached } from './calls.ts';

export interface UsageOptions {
  table: string;
  quota: {
    messagesPerDay?: number | undefined;
    tokensPerDay?: number | undefined;
    /** As many tokens are taken for each answer until it is known how many it took. */
    reserveTokens: number;
  };
}

/** Something that a day has so much of, and how much of it an answer takes at first. */
interface Quota {
  name: 'messages' | 'tokens';
  limit: number;
  taken: number;
}

type Counts = { [name in Quota['name']]?: number };

/** Partition key `pk` is the user's id, sort key `sk` is `U#<day>`; `expire` is the table's time to live. */
export function dynamoUsage(client: DynamoDBDocumentClient, { table, quota }: UsageOptions, now: () => Date): Usage {
  const quotas = quotasOf(quota);
  const isLeft = quotas.map(({ name }) => `(attribute_not_exists(${name}) OR ${name} <= :most_${name})`).join(' AND ');
  const most = Object.fromEntries(quotas.map(({ name, limit, taken }) => [`:most_${name}`, limit - taken]));

  /**
   * Adds to what is counted, if the condition holds. The SDK repeats an addition whose answer was lost, and then it counts
   * twice: that is rare, and ends with the day.
   */
  async function add(
    userId: string,
    day: Day,
    counts: Counts,
    condition: string,
    values = {},
  ): Promise<Counts | undefined> {
    const names = Object.keys(counts);
    const command = new UpdateCommand({
      TableName: table,
      Key: keyOf(userId, day),
      UpdateExpression: `SET expire = :expire ADD ${names.map((name) => `${name} :${name}`)}`,
      ConditionExpression: condition,
      ExpressionAttributeValues: {
        ...Object.fromEntries(Object.entries(counts).map(([name, count]) => [`:${name}`, count])),
        ...values,
        // Two days after the day.
        ':expire': day.endSeconds + 2 * SECONDS_OF_DAY,
      },
      ReturnValues: 'UPDATED_NEW',
    });
    return (await holds(reached(client.send(command, deadline()))))?.Attributes;
  }

  async function read(userId: string, day: Day): Promise<Counts> {
    const command = new GetCommand({ TableName: table, Key: keyOf(userId, day), ConsistentRead: true });
    return (await reached(client.send(command, deadline()))).Item ?? {};
  }

  /** What is lost is the correction, not the answer. An account that is deleted meanwhile gets no new item. */
  async function correct(userId: string, day: Day, counts: Counts): Promise<void> {
    await add(userId, day, counts, 'attribute_exists(sk)').catch(() => undefined);
  }

  const budgetsOf = (counts: Counts, { secondsLeft }: Day): Budget[] =>
    quotas.map(({ name, limit }) => ({
      name,
      quota: limit,
      windowSeconds: SECONDS_OF_DAY,
      left: standing(limit, counts[name]).left,
      resetSeconds: secondsLeft,
    }));

  return {
    async today(userId) {
      const day = dayOf(now());
      const counts = quotas.length > 0 ? await read(userId, day) : {};
      return {
        day: day.name,
        resets_at: new Date(day.endSeconds * 1000).toISOString(),
        ...Object.fromEntries(quotas.map(({ name, limit }) => [name, standing(limit, counts[name])])),
      };
    },

    async reserve(userId) {
      if (quotas.length === 0) return undefined;
      const day = dayOf(now());
      const taken = Object.fromEntries(quotas.map((each) => [each.name, each.taken]));
      const counts = await add(userId, day, taken, isLeft, most);
      if (!counts) throw usedUp(budgetsOf(await read(userId, day), day), quotas);

      return {
        left: budgetsOf(counts, day),
        async settle(tokens) {
          if (taken.tokens === undefined || tokens === undefined || tokens === taken.tokens) return;
          await correct(userId, day, { tokens: tokens - taken.tokens });
        },
        cancel: () => correct(userId, day, Object.fromEntries(quotas.map((each) => [each.name, -each.taken]))),
      };
    },
  };
}

/** An answer that may take more tokens than a day has could never be asked for. */
function quotasOf({ messagesPerDay, tokensPerDay, reserveTokens }: UsageOptions['quota']): Quota[] {
  return [
    ...(messagesPerDay !== undefined ? [{ name: 'messages' as const, limit: messagesPerDay, taken: 1 }] : []),
    ...(tokensPerDay !== undefined
      ? [{ name: 'tokens' as const, limit: tokensPerDay, taken: Math.min(reserveTokens, tokensPerDay) }]
      : []),
  ];
}

const keyOf = (userId: string, { name }: Day) => ({ pk: userId, sk: `U#${name}` });

/** The largest count that the contract has. */
const MAX_COUNT = 2 ** 31 - 1;

/** More may be used than there is: an answer is not cut short. Less than nothing is a correction that counted twice. */
function standing(limit: number, count = 0) {
  const used = Math.min(Math.max(count, 0), MAX_COUNT);
  return { limit, used, left: Math.max(limit - used, 0) };
}

function usedUp(budgets: Budget[], quotas: Quota[]): Problem {
  const lacking = quotas.find(({ taken }, index) => (budgets[index]?.left ?? 0) < taken);
  return new Problem('quota-exceeded', {
    // Undefined if something was given back meanwhile.
    detail: lacking && `The day's ${lacking.name} are used up. Wait until tomorrow; getUsage tells what is left.`,
    headers: { ...rateLimitHeaders(budgets), 'Retry-After': `${budgets[0]?.resetSeconds}` },
  });
}
