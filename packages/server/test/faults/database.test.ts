/** DynamoDB is slow, unreachable or refuses. */
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { faultRow } from '../support/faults/fault-row.ts';

/** More than a request takes that makes several requests to DynamoDB, each with its deadline. */
const HUNG_MS = 15_000;

faultRow(
  'F2',
  {
    fault: 'DynamoDB accepts requests and never answers',
    criterion:
      '503 with Retry-After for sends and lists, no hung request or socket; works at once when DynamoDB is back',
  },
  async (open) => {
    const product = await open({ countersMayDrift: true });
    const { user: ada } = await product.start();
    product.dynamo.set('blackhole');
    const startedAt = performance.now();
    const responses = await Promise.all([
      ada.send({ key: randomUUID() }),
      ada.call('GET', '/messages'),
      ada.call('GET', '/messages'),
    ]);
    const outageMs = performance.now() - startedAt;
    for (const { status, body, headers } of responses) {
      expect([status, body.code]).toEqual([503, 'service-unavailable']);
      expect(headers.has('retry-after')).toBe(true);
    }
    expect(outageMs).toBeLessThan(HUNG_MS);

    product.dynamo.set('pass');
    const healedAt = performance.now();
    await expect.poll(async () => (await ada.call('GET', '/messages')).status, { timeout: HUNG_MS }).toBe(200);
    return `503 after ${seconds(outageMs)}, works ${seconds(performance.now() - healedAt)} after DynamoDB`;
  },
);

faultRow(
  'F4',
  {
    fault: 'The response to a write is lost, for each request of a send in turn',
    criterion: '201 for every send, one message and one reply each',
  },
  async (open) => {
    let lost = 0;
    for (const bot of ['keyword', 'model'] as const) {
      const product = await open({ bot, countersMayDrift: true });
      const { user: ada } = await product.start();
      for (let skip = 0; product.dynamo.mode() === 'pass'; skip += 1) {
        product.dynamo.set('lost response', { skip });
        expect((await ada.send({ key: randomUUID() })).status).toBe(201);
        lost += Number(product.dynamo.mode() === 'pass');
      }
    }
    expect(lost).toBeGreaterThan(5);
    return `${lost} lost responses, ${lost} × 201`;
  },
);

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
