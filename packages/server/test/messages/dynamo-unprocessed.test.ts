/** A DynamoDB that leaves items of a batch unprocessed, as one does that is short of capacity. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { sweep } from '../../src/dynamo/batch.ts';
import { dynamoClient } from '../../src/dynamo/client.ts';
import { dynamoStore } from '../../src/dynamo/message-store.ts';
import { addressOf, onEmulators, source, startNode } from '../process/program.ts';
import { loggedIn } from '../support/client.ts';
import { causeOfOutage } from './outage.ts';
import { history, messageOf, newUser } from './samples.ts';
import { unprocessing } from './unprocessed.ts';

const { AWS_ENDPOINT_URL_DYNAMODB: dynalite = '', DYNAMO_MESSAGES_TABLE: table = '' } = inject('environment');

/** More than fit into the deadline of 3 s. */
const MOST_CALLS = 15;

const clientAt = (endpoint: string) => dynamoClient({ region: 'local', endpoint });
const storeAt = (endpoint: string) => dynamoStore(clientAt(endpoint), { table }, () => new Date());
const direct = storeAt(dynalite);

async function short(process: (items: number, call: number) => number) {
  const dynamo = await unprocessing(dynalite, process);
  onTestFinished(dynamo.close);
  return { ...dynamo, store: storeAt(dynamo.endpoint) };
}

describe.concurrent('UnprocessedItems', () => {
  it('C2: items that are never processed are an outage after one deadline and a few calls', async () => {
    const { store, batches } = await short(() => 0);
    await causeOfOutage(store.put([messageOf(newUser())]));
    expect(batches.length).toBeGreaterThan(3);
    expect(batches.length).toBeLessThan(MOST_CALLS);
    const calls = batches.length;
    await sleep(1500);
    expect(batches.length).toBe(calls);
  });

  it('C2: the pauses between the calls grow, and are not the same for everybody', async () => {
    const shorts = await Promise.all([1, 2, 3, 4].map(() => short((items, call) => (call < 5 ? 0 : items))));
    await Promise.all(shorts.map(({ store }) => store.put([messageOf(newUser())])));
    const pauses = shorts.map(({ batches }) => batches.slice(1).map((at, index) => at - (batches[index] ?? 0)));
    for (const each of pauses) expect(each.at(-1)).toBeGreaterThan(2 * (each[0] ?? 0));
    expect(new Set(pauses.map(([, , , last = 0]) => Math.round(last / 5))).size).toBeGreaterThan(1);
  });

  it('C2: all items are written when each call takes a part of them', async () => {
    const { store, batches } = await short((items) => Math.ceil(items / 2));
    const userId = newUser();
    await store.put(Array.from({ length: 10 }, () => messageOf(userId)));
    expect(batches.length).toBe(4);
    expect((await direct.list({ userId }, { limit: 20 })).messages).toHaveLength(10);
  });

  it('C2: a deletion of everything whose items are never processed is an outage, too', async () => {
    const { store, batches } = await short(() => 0);
    const userId = newUser();
    await history(direct, userId, 30);
    await causeOfOutage(store.deleteAll(userId));
    expect(batches.length).toBeLessThan(MOST_CALLS);
  });

  it('C2: a deletion of everything may take longer than one deadline while it gets on', async () => {
    const { store } = await short((items, call) => (call % 4 === 0 ? items : 0));
    const userId = newUser();
    await history(direct, userId, 500);
    const startedAt = performance.now();
    await store.deleteAll(userId);
    expect(performance.now() - startedAt).toBeGreaterThan(3000);
    expect(await direct.list({ userId }, { limit: 5 })).toEqual({ messages: [] });
  });

  it('C2: a sweep that never finds its end is an outage, too', async () => {
    const userId = newUser();
    await history(direct, userId, 1);
    const client = clientAt(dynalite);
    // Deletions that have no effect look like items that others write meanwhile.
    client.middlewareStack.add(
      (next, { commandName }) =>
        async (sent) =>
          commandName === 'BatchWriteItemCommand' ? { output: { $metadata: {} }, response: {} } : next(sent),
      { step: 'initialize' },
    );
    await causeOfOutage(sweep(client, table, userId, '', 1000));
  });
});

it('C2: 503 for a message that is not written, and SIGTERM does not wait for more', async () => {
  const { endpoint } = await short(() => 0);
  const main = startNode([source('main.ts')], { env: { ...onEmulators(), AWS_ENDPOINT_URL_DYNAMODB: endpoint } });
  const ada = await loggedIn(await addressOf(main));
  const sent = ada.call('POST', '/messages', { json: { content: 'canary' } });
  await sleep(500);
  const signalledAt = performance.now();
  main.signal('SIGTERM');
  const { status, body } = await sent;
  expect([status, body.code]).toEqual([503, 'service-unavailable']);
  expect(await main.ended).toMatchObject({ code: 0 });
  expect(performance.now() - signalledAt).toBeLessThan(4000);
});
