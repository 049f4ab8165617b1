import { randomUUID } from 'node:crypto';
import { createUsage } from '@async-chatbot/core/usage';
import { DeleteCommand, type GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, inject, it } from 'vitest';
import { DAY_MS, NOON, QUOTA, refusalOf, reserved, usageAt } from '../../../core/test/support/usage.ts';
import { dynamoClient } from '../../src/dynamo/client.ts';
import { dynamoUsageCounters } from '../../src/dynamo/usage-counters.ts';

const { AWS_ENDPOINT_URL_DYNAMODB: endpoint = '', DYNAMO_MESSAGES_TABLE: table = '' } = inject('environment');
const place = { endpoint, table };
const client = dynamoClient({ region: 'local', endpoint });

async function itemsOf(userId: string) {
  const values = { KeyConditionExpression: 'pk = :user', ExpressionAttributeValues: { ':user': userId } };
  return (await client.send(new QueryCommand({ TableName: table, ...values }))).Items;
}

describe('what stands in the table', () => {
  it('one item for each user and day, which may be removed two days after it', async () => {
    const userId = randomUUID();
    let nowMs = NOON;
    const usage = usageAt(place, QUOTA, () => nowMs);
    await (await reserved(usage, userId)).settle(70);
    await reserved(usage, userId);
    nowMs += DAY_MS;
    await (await reserved(usage, userId)).cancel();
    expect(await itemsOf(userId)).toStrictEqual([
      { pk: userId, sk: 'U#2026-01-02', messages: 2, tokens: 170, expire: Date.UTC(2026, 0, 5) / 1000 },
      { pk: userId, sk: 'U#2026-01-03', messages: 0, tokens: 0, expire: Date.UTC(2026, 0, 6) / 1000 },
    ]);
  });

  it('nothing of a quota that there is not, of a refusal, or of whoever only looks', async () => {
    const [ada, bob] = [randomUUID(), randomUUID()];
    await reserved(usageAt(place, { messagesPerDay: 1, reserveTokens: 100 }), ada);
    const refusing = usageAt(place, { messagesPerDay: 1, tokensPerDay: 200, reserveTokens: 100 });
    expect(await refusalOf(refusing.reserve(ada))).toBeDefined();
    await refusing.today(bob);
    expect(await itemsOf(ada)).toStrictEqual([
      { pk: ada, sk: 'U#2026-01-02', messages: 1, expire: expect.any(Number) },
    ]);
    expect(await itemsOf(bob)).toStrictEqual([]);
  });

  it('nothing of an account that was deleted while the bot answered', async () => {
    const userId = randomUUID();
    const usage = usageAt(place);
    const [settled, cancelled] = [await reserved(usage, userId), await reserved(usage, userId)];
    await client.send(new DeleteCommand({ TableName: table, Key: { pk: userId, sk: 'U#2026-01-02' } }));
    await settled.settle(70);
    await cancelled.cancel();
    expect(await itemsOf(userId)).toStrictEqual([]);
  });
});

describe('what is asked of DynamoDB', () => {
  /** What is asked, by name, of usage that counts. */
  function counted(quota: typeof QUOTA | { reserveTokens: number; messagesPerDay?: number }) {
    const asked: unknown[] = [];
    const observed = dynamoClient({ region: 'local', endpoint });
    observed.middlewareStack.add(
      (next, { commandName }) =>
        (sent) => {
          asked.push(commandName);
          // The cast: the only reads here are of this kind.
          if (commandName === 'GetItemCommand') asked.push((sent.input as GetCommand['input']).ConsistentRead);
          return next(sent);
        },
      { step: 'initialize' },
    );
    return { usage: createUsage(dynamoUsageCounters(observed, table), quota, () => new Date(NOON)), asked };
  }

  it('nothing where there is no quota', async () => {
    const { usage, asked } = counted({ reserveTokens: 100 });
    expect(await usage.reserve(randomUUID())).toBeUndefined();
    expect(await usage.today(randomUUID())).toStrictEqual({ day: '2026-01-02', resets_at: '2026-01-03T00:00:00.000Z' });
    expect(asked).toStrictEqual([]);
  });

  it('one write for a reservation, one for a correction, and none if there is nothing to correct', async () => {
    const { usage, asked } = counted(QUOTA);
    const { settle } = await reserved(usage, randomUUID());
    expect(asked).toStrictEqual(['UpdateItemCommand']);
    await settle(undefined);
    await settle(100);
    expect(asked).toHaveLength(1);
    await settle(70);
    expect(asked).toStrictEqual(['UpdateItemCommand', 'UpdateItemCommand']);
  });

  it('one consistent read to tell what is left, and to tell why not', async () => {
    const { usage, asked } = counted({ messagesPerDay: 1, reserveTokens: 100 });
    const userId = randomUUID();
    await usage.today(userId);
    expect(asked).toStrictEqual(['GetItemCommand', true]);
    await reserved(usage, userId);
    asked.length = 0;
    await refusalOf(usage.reserve(userId));
    expect(asked).toStrictEqual(['UpdateItemCommand', 'GetItemCommand', true]);
  });
});
