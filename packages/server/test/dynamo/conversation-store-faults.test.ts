import { afterAll, describe, expect, inject, it } from 'vitest';
import { conversationOf, found, LATER, storedMessages } from '../../../core/test/support/conversations.ts';
import { newId, newUser } from '../../../core/test/support/messages.ts';
import { dynamoClient } from '../../src/dynamo/client.ts';
import { causeOfOutage } from '../support/checks/outage.ts';
import { CLIENTS, type ClientName } from '../support/dynamo/clients.ts';
import { dynamoTable } from '../support/dynamo/dynamo-table.ts';
import { faultProxy } from '../support/proxies/fault-proxy.ts';

const { AWS_ENDPOINT_URL_DYNAMODB: dynalite = '', DYNAMO_MESSAGES_TABLE: table = '' } = inject('environment');

/** Nothing listens on the port of the discard protocol. */
const NOWHERE = 'http://127.0.0.1:9';

const tableAt = (endpoint: string, client?: ClientName) =>
  dynamoTable(dynamoClient({ region: 'local', endpoint, client }), table);

const opened: { close: () => Promise<void> }[] = [];
afterAll(() => Promise.all(opened.map(({ close }) => close())));

/** A table behind a network that can fail. */
async function behindProxy(client: ClientName) {
  const proxy = await faultProxy(dynalite);
  opened.push(proxy);
  const stores = tableAt(proxy.endpoint, client);
  return { proxy, stores, store: stores.conversations, keysOf: stores.keysOf };
}

describe.concurrent.each(CLIENTS)('a failing network with the %s client', (client) => {
  it('creations, renames, messages and deletions whose responses are lost are stored', async () => {
    const { proxy, stores, store, keysOf } = await behindProxy(client);
    const [user, conversation] = [newUser(), conversationOf()];
    const { id_conversation } = conversation;
    proxy.set('lost response');
    await store.create(user, conversation);
    expect(proxy.mode()).toBe('pass');
    expect(await store.get(user, id_conversation)).toStrictEqual(conversation);
    proxy.set('lost response');
    expect(await store.touch(user, id_conversation, { title: 'canary', at: LATER })).toBe(true);
    const renamed = { ...conversation, title: 'canary changed', updated_at: LATER };
    proxy.set('lost response');
    expect(await store.rename(user, id_conversation, renamed)).toStrictEqual(renamed);
    await storedMessages(stores, { userId: user, id_conversation }, 1);
    // Loses the response to the first request, which marks the conversation as deleted.
    proxy.set('lost response');
    expect(await store.delete(user, id_conversation)).toBe(true);
    expect(proxy.mode()).toBe('pass');
    expect(await keysOf(user)).toEqual([]);
  });

  it('requests without a response are an outage after the deadline, until the network recovers', async () => {
    const { proxy, store } = await behindProxy(client);
    const [user, conversation] = [newUser(), conversationOf()];
    const { id_conversation } = conversation;
    await store.create(user, conversation);
    proxy.set('blackhole');
    const causes = await Promise.all([
      causeOfOutage(store.get(user, id_conversation)),
      causeOfOutage(store.list(user, { limit: 5 })),
      causeOfOutage(store.touch(user, id_conversation, { title: 'canary', at: LATER })),
      causeOfOutage(store.delete(user, id_conversation)),
    ]);
    expect(causes).toMatchObject(causes.map(() => ({ name: 'AbortError' })));
    proxy.set('pass');
    expect(await store.get(user, id_conversation)).toStrictEqual(conversation);
  });

  it('a closed port is an outage for every call', async () => {
    const store = tableAt(NOWHERE, client).conversations;
    const [user, id] = [newUser(), newId()];
    const calls = [
      () => store.list(user, { limit: 5 }),
      () => store.get(user, id),
      () => store.create(user, conversationOf()),
      () => store.rename(user, id, { title: 'canary', updated_at: LATER }),
      () => store.touch(user, id, { title: 'canary', at: LATER }),
      () => store.delete(user, id),
    ];
    for (const call of calls) expect(await causeOfOutage(call())).toHaveProperty('code', 'ECONNREFUSED');
  });

  it('a deletion that fails in an outage can be repeated once the network recovers', async ({ expect }) => {
    const { proxy, stores, store, keysOf } = await behindProxy(client);
    const [user, conversation] = [newUser(), conversationOf()];
    const { id_conversation } = conversation;
    await store.create(user, conversation);
    await storedMessages(stores, { userId: user, id_conversation }, 60);
    proxy.set('latency', { latencyMs: 50 });
    const deletion = store.delete(user, id_conversation);
    // The conversation is now marked as deleted.
    await expect.poll(() => tableAt(dynalite).conversations.get(user, id_conversation)).toBeUndefined();
    proxy.set('reset');
    await causeOfOutage(deletion);
    proxy.set('pass');
    expect(await keysOf(user)).toContain(`C#${id_conversation}`);
    expect(await found(store, user, id_conversation)).toEqual([]);
    expect(await store.delete(user, id_conversation)).toBe(true);
    expect(await keysOf(user)).toEqual([]);
  });
});
