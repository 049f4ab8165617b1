import { randomUUID } from 'node:crypto';
import { createUsage } from '@async-chatbot/core/usage';
import { describe, expect, inject, it } from 'vitest';
import { DAY_MS, exceededOf, NOON, QUOTA, reserved, usageOf } from '../../../core/test/support/usage.ts';
import { dynamoClient } from '../../src/dynamo/client.ts';
import { deleteItem } from '../../src/dynamo/commands.ts';
import { dynamoUsageCounters } from '../../src/dynamo/usage-counters.ts';
import { intercepted } from '../support/dynamo/intercepted.ts';
import { itemsOfUser } from '../support/dynamo/stored.ts';

const { AWS_ENDPOINT_URL_DYNAMODB: endpoint = '', DYNAMO_MESSAGES_TABLE: table = '' } = inject('environment');
const client = dynamoClient({ region: 'local', endpoint });
const counters = dynamoUsageCounters(client, table);

const itemsOf = (userId: string) => itemsOfUser({ endpoint, table }, userId);

describe('items', () => {
  it('one per user and day, which expires two days after it', async () => {
    const userId = randomUUID();
    let nowMs = NOON;
    const usage = usageOf(counters, QUOTA, () => nowMs);
    await (await reserved(usage, userId)).settle(70);
    await reserved(usage, userId);
    nowMs += DAY_MS;
    await (await reserved(usage, userId)).cancel();
    expect(await itemsOf(userId)).toStrictEqual([
      { pk: userId, sk: 'U#2026-01-02', messages: 2, tokens: 170, expire: Date.UTC(2026, 0, 5) / 1000 },
      { pk: userId, sk: 'U#2026-01-03', messages: 0, tokens: 0, expire: Date.UTC(2026, 0, 6) / 1000 },
    ]);
  });

  it('none for a quota that is not configured, an exceeded one, or getUsage', async () => {
    const [ada, bob] = [randomUUID(), randomUUID()];
    await reserved(usageOf(counters, { messagesPerDay: 1, reserveTokens: 100 }), ada);
    const limited = usageOf(counters, { messagesPerDay: 1, tokensPerDay: 200, reserveTokens: 100 });
    expect(await exceededOf(limited.reserve(ada))).toBeDefined();
    await limited.today(bob);
    expect(await itemsOf(ada)).toStrictEqual([
      { pk: ada, sk: 'U#2026-01-02', messages: 1, expire: expect.any(Number) },
    ]);
    expect(await itemsOf(bob)).toStrictEqual([]);
  });

  it('none for an account that was deleted during a reply', async () => {
    const userId = randomUUID();
    const usage = usageOf(counters);
    const [settled, cancelled] = [await reserved(usage, userId), await reserved(usage, userId)];
    await client.send(deleteItem({ TableName: table, Key: { pk: userId, sk: 'U#2026-01-02' } }));
    await settled.settle(70);
    await cancelled.cancel();
    expect(await itemsOf(userId)).toStrictEqual([]);
  });
});

describe('requests', () => {
  /** Usage, and the requests it sends by name. */
  function counted(quota: typeof QUOTA | { reserveTokens: number; messagesPerDay?: number }) {
    const sent: unknown[] = [];
    const observed = intercepted(client, ({ name, input }, next) => {
      sent.push(name);
      if ('ConsistentRead' in input) sent.push(input.ConsistentRead);
      return next();
    });
    return { usage: createUsage(dynamoUsageCounters(observed, table), quota, () => new Date(NOON)), sent };
  }

  it('none without a quota', async () => {
    const { usage, sent } = counted({ reserveTokens: 100 });
    expect(await usage.reserve(randomUUID())).toBeUndefined();
    expect(await usage.today(randomUUID())).toStrictEqual({ day: '2026-01-02', resets_at: '2026-01-03T00:00:00.000Z' });
    expect(sent).toStrictEqual([]);
  });

  it('one write for a reservation, one for a correction, and none without a difference', async () => {
    const { usage, sent } = counted(QUOTA);
    const { settle } = await reserved(usage, randomUUID());
    expect(sent).toStrictEqual(['UpdateItem']);
    await settle(undefined);
    await settle(100);
    expect(sent).toHaveLength(1);
    await settle(70);
    expect(sent).toStrictEqual(['UpdateItem', 'UpdateItem']);
  });

  it('one consistent read for getUsage, and for the details of an exceeded quota', async () => {
    const { usage, sent } = counted({ messagesPerDay: 1, reserveTokens: 100 });
    const userId = randomUUID();
    await usage.today(userId);
    expect(sent).toStrictEqual(['GetItem', true]);
    await reserved(usage, userId);
    sent.length = 0;
    await exceededOf(usage.reserve(userId));
    expect(sent).toStrictEqual(['UpdateItem', 'GetItem', true]);
  });
});
