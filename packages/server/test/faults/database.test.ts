/** DynamoDB is slow, unreachable, or rejects requests. */
import { randomUUID } from 'node:crypto';
import { expect, inject, onTestFinished } from 'vitest';
import { bystander } from '../support/faults/bystander.ts';
import { faultRow } from '../support/faults/fault-row.ts';
import { milliseconds, seconds, timed } from '../support/faults/figures.ts';
import { expectUnavailable, HUNG_MS } from '../support/faults/outage.ts';
import { partialBatchProxy } from '../support/proxies/partial-batch-proxy.ts';
import { refusingProxy } from '../support/proxies/refusing-proxy.ts';
import { replyWith } from '../support/servers/model-server.ts';

const { AWS_ENDPOINT_URL_DYNAMODB: dynalite = '' } = inject('environment');

/** How often the server tries a request to DynamoDB. */
const MAX_ATTEMPTS = 3;

faultRow(
  'F1',
  {
    fault: 'DynamoDB responds two seconds late',
    criterion: '503 with Retry-After for requests that need it; 200 within a second for 99% of the others',
  },
  async (open) => {
    const product = await open({ bot: 'model', countersMayDrift: true });
    const server = await product.start();
    const ada = server.user;
    product.dynamo.set('latency', { latencyMs: 2000 });
    const other = bystander(server);
    const { ms, result } = await timed(() =>
      Promise.all([ada.send(), ada.send({ key: randomUUID() }), ada.call('GET', '/messages')]),
    );
    for (const response of result) expectUnavailable(response);
    expect(ms).toBeLessThan(HUNG_MS);
    const { count, failed, p99Ms } = await other.stop();
    expect(failed).toBe(0);
    // Far less than a request to DynamoDB takes.
    expect(p99Ms).toBeLessThan(1000);
    return `503 after ${seconds(ms)}; meanwhile ${count} × 200 for others, p99 ${milliseconds(p99Ms)}`;
  },
);

faultRow(
  'F2',
  {
    fault: 'DynamoDB accepts requests and never responds',
    criterion: '503 with Retry-After, no hanging request or socket; 200 again when DynamoDB recovers',
  },
  async (open) => {
    const product = await open({ countersMayDrift: true });
    const { user: ada } = await product.start();
    product.dynamo.set('blackhole');
    const { ms, result } = await timed(() =>
      Promise.all([ada.send({ key: randomUUID() }), ada.call('GET', '/messages'), ada.call('GET', '/conversations')]),
    );
    for (const response of result) expectUnavailable(response);
    expect(ms).toBeLessThan(HUNG_MS);
    product.dynamo.set('pass');
    const list = async () => (await ada.call('GET', '/messages')).status;
    const recovery = await timed(() => expect.poll(list, { timeout: HUNG_MS }).toBe(200));
    return `503 after ${seconds(ms)}; 200 again ${seconds(recovery.ms)} after the repair`;
  },
);

faultRow(
  'F3',
  {
    fault: 'DynamoDB resets every connection',
    criterion: `503 with Retry-After, after at most ${MAX_ATTEMPTS} attempts`,
  },
  async (open) => {
    const product = await open();
    const { user: ada } = await product.start();
    product.dynamo.set('reset');
    const puts = product.dynamo.counter('.PutItem');
    const { ms, result } = await timed(() => ada.send({ key: randomUUID() }));
    expectUnavailable(result);
    const attempts = puts();
    expect(attempts).toBeGreaterThan(1);
    expect(attempts).toBeLessThanOrEqual(MAX_ATTEMPTS);
    return `503 after ${attempts} attempts and ${milliseconds(ms)}`;
  },
);

faultRow(
  'F4',
  {
    fault: 'A DynamoDB response is lost, for each request of a send in turn',
    criterion: '201 for every send, with one message and one reply',
  },
  async (open) => {
    let lost = 0;
    for (const bot of ['keyword', 'model'] as const) {
      const product = await open({ bot, countersMayDrift: true });
      const { user: ada } = await product.start();
      product.model.respond(replyWith('Yes.'));
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

faultRow(
  'F5',
  {
    fault: 'DynamoDB throttles two requests; DynamoDB throttles all requests',
    criterion: `201 after two; otherwise 503 with Retry-After, after at most ${MAX_ATTEMPTS} attempts`,
  },
  async (open) => {
    const front = await refusingProxy(dynalite, { error: '', times: 0 });
    onTestFinished(front.close);
    const product = await open({ dynamo: front.endpoint });
    const { user: ada } = await product.start();
    const figures: string[] = [];
    for (const error of ['ProvisionedThroughputExceededException', 'ThrottlingException']) {
      front.refuse({ error, times: 2, operation: 'PutItem' });
      const { ms: twiceMs, result } = await timed(() => ada.send({ key: randomUUID() }));
      expect(result.status).toBe(201);
      front.refuse({ error, times: Number.POSITIVE_INFINITY });
      const puts = product.dynamo.counter('.PutItem');
      const { ms, result: refused } = await timed(() => ada.send({ key: randomUUID() }));
      expectUnavailable(refused);
      expect(ms).toBeLessThan(HUNG_MS);
      const attempts = puts();
      expect(attempts).toBeLessThanOrEqual(MAX_ATTEMPTS);
      front.refuse({ error, times: 0 });
      figures.push(`201 after ${seconds(twiceMs)}, 503 after ${attempts} attempts and ${seconds(ms)}`);
    }
    return figures.join('; ');
  },
);

faultRow(
  'F6',
  {
    fault: 'DynamoDB processes half of each batch, and cuts pages at 1 MB',
    criterion: '201 for every send; the pages list each message once, in order, and end',
  },
  async (open) => {
    const front = await partialBatchProxy(dynalite, (items) => Math.ceil(items / 2));
    onTestFinished(front.close);
    const product = await open({ dynamo: front.endpoint });
    const { user: ada } = await product.start();
    const [large, sends] = ['\u{1f600}'.repeat(7900), 45];
    for (let count = 0; count < sends; count += 1)
      expect((await ada.send({ content: `canary ${count} ${large}` })).status).toBe(201);

    const sizes: number[] = [];
    const ids: string[] = [];
    for (let cursor: string | undefined = ''; cursor !== undefined; ) {
      const { body } = await ada.call('GET', `/messages?limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
      sizes.push(body.messages.length);
      ids.push(...body.messages.map(({ id_message }: { id_message: string }) => id_message));
      cursor = body.next_cursor;
    }
    expect(ids).toEqual([...new Set(ids)].toSorted().toReversed());
    expect(new Set(ids)).toEqual(ada.acknowledged);
    return `${sends} × 201 with ${front.calls()} batches; pages of ${sizes.join(', ')}`;
  },
);
