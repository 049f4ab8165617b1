/** DynamoDB leaves items of a batch unprocessed when it lacks capacity. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { history, messageOf, newId, newUser, store } from '../../../core/test/support/messages.ts';
import { deleteByPrefix } from '../../src/dynamo/batch.ts';
import { dynamoClient } from '../../src/dynamo/client.ts';
import { causeOfOutage } from '../support/checks/outage.ts';
import { CLIENTS, type ClientName } from '../support/dynamo/clients.ts';
import { dynamoStores } from '../support/dynamo/dynamo-stores.ts';
import { intercepted } from '../support/dynamo/intercepted.ts';
import { addressOf, onEmulators, source, startNode } from '../support/process/program.ts';
import { partialBatchProxy } from '../support/proxies/partial-batch-proxy.ts';
import { loggedIn } from '../support/requests/client.ts';

const { AWS_ENDPOINT_URL_DYNAMODB: dynalite = '', DYNAMO_MESSAGES_TABLE: table = '' } = inject('environment');

/** More calls than fit into the deadline of 3 s. */
const MAX_CALLS = 15;

const clientAt = (endpoint: string, client?: ClientName) => dynamoClient({ region: 'local', endpoint, client });
const storesAt = (endpoint: string, client?: ClientName) => dynamoStores(clientAt(endpoint, client), table)();
const direct = storesAt(dynalite);

async function limitedStores(process: (items: number, call: number) => number, client?: ClientName) {
  const dynamo = await partialBatchProxy(dynalite, process);
  onTestFinished(dynamo.close);
  return { ...dynamo, ...storesAt(dynamo.endpoint, client) };
}

describe.concurrent.each(CLIENTS)('UnprocessedItems with the %s client', (client) => {
  it('items that are never processed are an outage after one deadline and a few calls', async () => {
    const { turns, calls } = await limitedStores(() => 0, client);
    await causeOfOutage(store(turns, messageOf(newUser())));
    const before = calls();
    expect(before).toBeGreaterThan(3);
    expect(before).toBeLessThan(MAX_CALLS);
    await sleep(1500);
    expect(calls()).toBe(before);
  });

  it('all items are written when each call processes a part of them', async () => {
    const { turns, calls } = await limitedStores((items) => Math.ceil(items / 2), client);
    const userId = newUser();
    await store(turns, ...Array.from({ length: 10 }, () => messageOf(userId)));
    expect(calls()).toBe(4);
    expect((await direct.messages.list({ userId }, { limit: 20 })).messages).toHaveLength(10);
  });

  it('of the chunks of several replies, those that were not processed are left for the next call', async () => {
    const { turns, calls } = await limitedStores((items, call) => (call === 1 ? 2 : items), client);
    const runs = Array.from({ length: 3 }, () => ({ conversation: { userId: newUser() }, id_reply: newId(), run: 1 }));
    const chunks = runs.map((run) => ({ run, position: 0, text: 'canary' }));
    expect(await turns.appendChunks(chunks)).toEqual(chunks.slice(0, 2));
    expect(calls()).toBe(1);
    expect(await turns.appendChunks(chunks.slice(2))).toEqual(chunks.slice(2));
    for (const run of runs) expect(await direct.turns.chunksSince(run, 0)).toBe('canary');
  });

  it('a turn of which only the message was stored is completed by a retry', async () => {
    let isLimited = true;
    const { turns } = await limitedStores((items, call) => (isLimited ? Number(call === 1) : items), client);
    const userId = newUser();
    const [id_message, id_reply] = [newId(), newId()];
    const message = messageOf(userId, { id_message, id_reply });
    const reply = messageOf(userId, { id_message: id_reply, is_bot: true, reply_to: id_message });
    const stored = async () => (await direct.messages.list({ userId }, { limit: 5 })).messages;
    await causeOfOutage(store(turns, message, reply));
    expect(await stored()).toStrictEqual([message]);
    isLimited = false;
    for (const _ of [1, 2]) await store(turns, message, reply);
    expect(await stored()).toStrictEqual([reply, message]);
  });

  it('a deletion whose items are never processed is an outage, too', async () => {
    const { messages, calls } = await limitedStores(() => 0, client);
    const userId = newUser();
    await history(direct.turns, userId, 30);
    await causeOfOutage(messages.deleteAll(userId));
    expect(calls()).toBeLessThan(MAX_CALLS);
  });

  it('a deletion may take longer than one deadline while it makes progress', async () => {
    const { messages } = await limitedStores((items, call) => (call % 4 === 0 ? items : 0), client);
    const userId = newUser();
    await history(direct.turns, userId, 500);
    const startedAt = performance.now();
    await messages.deleteAll(userId);
    expect(performance.now() - startedAt).toBeGreaterThan(3000);
    expect(await direct.messages.list({ userId }, { limit: 5 })).toEqual({ messages: [] });
  });

  it('a deletion that does not end is an outage, too', async () => {
    const userId = newUser();
    // More than one batch, so that it reads again.
    await history(direct.turns, userId, 26);
    // Deletions without effect look like items that are written concurrently.
    const endless = intercepted(clientAt(dynalite, client), ({ name }, next) =>
      name === 'BatchWriteItem' ? {} : next(),
    );
    await causeOfOutage(deleteByPrefix(endless, table, userId, '', AbortSignal.timeout(1000)));
  });
});

it('503 for a message that cannot be stored, which does not delay a shutdown', async () => {
  const { endpoint } = await limitedStores(() => 0);
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
