import { randomUUID } from 'node:crypto';
import { createUsage } from '@async-chatbot/core/usage';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { NOON, reserved, reservedOf, usageOf } from '../../../core/test/support/usage.ts';
import { dynamoClient } from '../../src/dynamo/client.ts';
import { dynamoUsageCounters } from '../../src/dynamo/usage-counters.ts';
import { causeOfOutage } from '../support/checks/outage.ts';
import { CLIENTS, type ClientName } from '../support/dynamo/clients.ts';
import { intercepted } from '../support/dynamo/intercepted.ts';
import { faultProxy } from '../support/proxies/fault-proxy.ts';

const { AWS_ENDPOINT_URL_DYNAMODB: dynalite = '', DYNAMO_MESSAGES_TABLE: table = '' } = inject('environment');

/** Nothing listens on the port of the discard protocol. */
const NOWHERE = 'http://127.0.0.1:9';

const countersAt = (endpoint: string, client?: ClientName) =>
  dynamoUsageCounters(dynamoClient({ region: 'local', endpoint, client }), table);

const opened: { close: () => Promise<void> }[] = [];
afterAll(() => Promise.all(opened.map(({ close }) => close())));

/** Usage behind a network that can fail. */
async function behindProxy(client: ClientName) {
  const proxy = await faultProxy(dynalite);
  opened.push(proxy);
  return { proxy, usage: usageOf(countersAt(proxy.endpoint, client)), userId: randomUUID() };
}

describe.concurrent.each(CLIENTS)('an outage of DynamoDB with the %s client', (client) => {
  it('reserves nothing and returns no usage', async () => {
    const usage = usageOf(countersAt(NOWHERE, client));
    expect(await causeOfOutage(usage.reserve(randomUUID()))).toHaveProperty('code', 'ECONNREFUSED');
    expect(await causeOfOutage(usage.today(randomUUID()))).toHaveProperty('code', 'ECONNREFUSED');
  });

  it('without responses is reported after the deadline', async () => {
    const { proxy, usage, userId } = await behindProxy(client);
    proxy.set('blackhole');
    expect(await causeOfOutage(usage.reserve(userId))).toHaveProperty('name', 'AbortError');
  });

  it('that starts between an exceeded quota and its details throws `service-unavailable`', async () => {
    const { proxy, userId } = await behindProxy(client);
    const failing = intercepted(
      dynamoClient({ region: 'local', endpoint: proxy.endpoint, client }),
      ({ name }, next) => {
        if (name === 'GetItem') proxy.set('reset');
        return next();
      },
    );
    const usage = createUsage(
      dynamoUsageCounters(failing, table),
      { messagesPerDay: 1, reserveTokens: 100 },
      () => new Date(NOON),
    );
    await reserved(usage, userId);
    expect(await causeOfOutage(usage.reserve(userId))).toHaveProperty('code', 'ECONNRESET');
  });

  it.for(['reset', 'blackhole'] as const)('by %s leaves a reservation as it is and does not reject', async (mode) => {
    const { proxy, usage, userId } = await behindProxy(client);
    const [settled, cancelled] = [await reserved(usage, userId), await reserved(usage, userId)];
    proxy.set(mode);
    expect(await Promise.all([settled.settle(70), cancelled.cancel()])).toStrictEqual([undefined, undefined]);
    proxy.set('pass');
    expect(await usage.today(userId)).toMatchObject({ messages: { used: 2 }, tokens: { used: 200 } });
  });

  it('that loses a response may count an addition twice, and never returns less than zero', async () => {
    const { proxy, usage, userId } = await behindProxy(client);
    proxy.set('lost response');
    const { quotas, cancel } = await reserved(usage, userId);
    expect(quotas).toMatchObject([{ remaining: 8 }, { remaining: 800 }]);
    await cancel();
    proxy.set('lost response');
    await cancel();
    expect(proxy.mode()).toBe('pass');
    expect(await usage.today(userId)).toMatchObject({
      messages: { limit: 10, used: 0, left: 10 },
      tokens: { limit: 1000, used: 0, left: 1000 },
    });
  });

  it('ends once the network recovers', async () => {
    const { proxy, usage, userId } = await behindProxy(client);
    proxy.set('reset');
    await causeOfOutage(usage.reserve(userId));
    proxy.set('pass');
    expect(await reservedOf(Array.from({ length: 12 }, () => usage.reserve(userId)))).toBe(10);
  });
});
