import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { allowedOf, newKey } from '../../../core/test/ports/rate-limit-samples.ts';
import { createMessagesTable } from '../../dev/messages-table.ts';
import { allItems } from '../support/dynamo/stored.ts';
import { refusingProxy } from '../support/proxies/refusing-proxy.ts';
import { rateLimiterAt } from './rate-limiters.ts';

const { AWS_ENDPOINT_URL_DYNAMODB: endpoint = '' } = inject('environment');

let table: string;
beforeEach(async () => {
  table = `Limits-${randomUUID()}`;
  await createMessagesTable(endpoint, table);
});

const itemsOf = () => allItems({ endpoint, table });

describe('the items of the table', () => {
  it('one for each limit, with the end of its window in whole seconds', async () => {
    const before = Math.floor(Date.now() / 1000);
    const [email, userId] = ['canary@example.com', randomUUID()];
    const limiter = rateLimiterAt({ endpoint, table });
    await limiter.take({ name: 'address', subject: '203.0.113.5' });
    await limiter.take({ name: 'refresh', subject: '203.0.113.5' });
    await limiter.take({ name: 'email', operationId: 'loginUser', subject: email });
    await limiter.take({ name: 'user', operationId: 'loginUser', subject: userId });
    const items = await itemsOf();
    expect(JSON.stringify(items)).not.toContain(userId);
    expect(
      items.map(({ expire, ...item }) => item).sort((a, b) => (String(a.pk) < String(b.pk) ? -1 : 1)),
    ).toStrictEqual([
      { pk: 'limit#address#203.0.113.5', sk: 'limit', points: 1 },
      { pk: expect.stringMatching(/^limit#email#loginUser#[\w-]{43}$/), sk: 'limit', points: 1 },
      { pk: 'limit#refresh#203.0.113.5', sk: 'limit', points: 1 },
      { pk: expect.stringMatching(/^limit#user#loginUser#[\w-]{43}$/), sk: 'limit', points: 1 },
    ]);
    for (const { expire } of items) {
      expect(expire).toSatisfy(Number.isInteger);
      expect(expire).toBeGreaterThanOrEqual(before + 60);
    }
  });

  it('contain no email, and nothing that can be derived from one without the secret', async () => {
    const key = { name: 'email', operationId: 'loginUser', subject: 'canary@example.com' } as const;
    for (const secret of ['one', 'another'])
      expect(await rateLimiterAt({ endpoint, table }, { secret }).take(key)).toMatchObject({ remaining: 4 });
    const items = await itemsOf();
    expect(items).toHaveLength(2);
    expect(JSON.stringify(items)).not.toMatch(/canary|example/i);
  });
});

describe('the requests to DynamoDB', () => {
  const opened: { close: () => Promise<void> }[] = [];
  afterAll(() => Promise.all(opened.map(({ close }) => close())));

  /** A limiter, and the number of its requests since the last call. */
  async function counted() {
    const proxy = await refusingProxy(endpoint, { error: '', times: 0 });
    opened.push(proxy);
    let before = 0;
    const requests = () => {
      const made = proxy.requests() - before;
      before = proxy.requests();
      return made;
    };
    return { limiter: rateLimiterAt({ endpoint: proxy.endpoint, table }), requests };
  }

  it('one for the first request, two later, and none once the limit is reached', async () => {
    const { limiter, requests } = await counted();
    const key = newKey('email', 'loginUser');
    const take = () => limiter.take(key);
    expect([await allowedOf(1, take), requests()]).toStrictEqual([1, 1]);
    for (const _later of [2, 3, 4, 5]) expect([await allowedOf(1, take), requests()]).toStrictEqual([1, 2]);
    expect([await allowedOf(50, take), requests()]).toStrictEqual([0, 0]);
  });

  it('two to detect that another process has reached the limit, and none from then on', async () => {
    const { limiter, requests } = await counted();
    const key = newKey('email', 'loginUser');
    await allowedOf(5, () => rateLimiterAt({ endpoint, table }).take(key));
    const take = () => limiter.take(key);
    expect([await allowedOf(1, take), requests()]).toStrictEqual([0, 2]);
    expect([await allowedOf(50, take), requests()]).toStrictEqual([0, 0]);
  });
});
