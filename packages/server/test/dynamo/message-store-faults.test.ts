import { afterAll, describe, expect, inject, it } from 'vitest';
import { history, messageOf, newId, newUser, store } from '../../../core/test/support/messages.ts';
import { dynamoClient } from '../../src/dynamo/client.ts';
import { causeOfOutage } from '../support/checks/outage.ts';
import { CLIENTS, type ClientName } from '../support/dynamo/clients.ts';
import { dynamoStores } from '../support/dynamo/dynamo-stores.ts';
import { faultProxy } from '../support/proxies/fault-proxy.ts';

const { AWS_ENDPOINT_URL_DYNAMODB: dynalite = '', DYNAMO_MESSAGES_TABLE: table = '' } = inject('environment');

/** Nothing listens on the port of the discard protocol. */
const NOWHERE = 'http://127.0.0.1:9';

const storesAt = (endpoint: string, client?: ClientName) =>
  dynamoStores(dynamoClient({ region: 'local', endpoint, client }), table)();

const opened: { close: () => Promise<void> }[] = [];
afterAll(() => Promise.all(opened.map(({ close }) => close())));

/** The stores behind a network that can fail. */
async function behindProxy(client: ClientName) {
  const proxy = await faultProxy(dynalite);
  opened.push(proxy);
  return { proxy, ...storesAt(proxy.endpoint, client) };
}

describe.concurrent.each(CLIENTS)('a failing network with the %s client', (client) => {
  it('a turn whose response is lost is stored, once', async () => {
    const { proxy, messages, turns } = await behindProxy(client);
    const message = messageOf(newUser());
    proxy.set('lost response');
    await store(turns, message);
    expect(proxy.mode()).toBe('pass');
    expect(await messages.list({ userId: message.id_user }, { limit: 5 })).toStrictEqual({ messages: [message] });
  });

  it('an edit and a deletion whose responses are lost are stored', async () => {
    const { proxy, messages, turns } = await behindProxy(client);
    const message = messageOf(newUser());
    await store(turns, message);
    const change = { content: 'changed', edited_at: '2026-01-02T03:04:05.678Z' };
    proxy.set('lost response');
    expect(await messages.edit({ userId: message.id_user }, message.id_message, change)).toStrictEqual({
      ...message,
      ...change,
      // The SDK has sent it twice.
      version: 3,
    });
    proxy.set('lost response');
    await messages.delete({ userId: message.id_user }, message.id_message);
    expect(proxy.mode()).toBe('pass');
    expect(await messages.list({ userId: message.id_user }, { limit: 5 })).toStrictEqual({ messages: [] });
  });

  it('requests without a response are an outage after three attempts and the deadline, until the network recovers', async () => {
    const { proxy, messages, turns } = await behindProxy(client);
    const message = messageOf(newUser());
    await store(turns, message);
    proxy.set('blackhole');
    const before = proxy.accepted();
    expect(await causeOfOutage(messages.get({ userId: message.id_user }, message.id_message))).toHaveProperty(
      'name',
      'AbortError',
    );
    // The first attempt reuses the open connection.
    expect(proxy.accepted() - before).toBe(2);
    proxy.set('pass');
    expect(await messages.get({ userId: message.id_user }, message.id_message)).toStrictEqual(message);
  });

  it('responses that take two seconds are an outage, and slightly slow ones are not', async () => {
    const { proxy, messages } = await behindProxy(client);
    proxy.set('latency', { latencyMs: 2000 });
    await causeOfOutage(messages.list({ userId: newUser() }, { limit: 5 }));
    proxy.set('latency', { latencyMs: 200 });
    expect(await messages.list({ userId: newUser() }, { limit: 5 })).toStrictEqual({ messages: [] });
  });

  it('a list has one deadline for all its requests', async () => {
    const { proxy, messages, turns } = await behindProxy(client);
    const user = newUser();
    // Five pages of 1 MB.
    await history(turns, user, 100, { content: 'x'.repeat(45_000) });
    expect((await messages.list({ userId: user }, { limit: 100 })).messages).toHaveLength(100);
    proxy.set('latency', { latencyMs: 800 });
    await causeOfOutage(messages.list({ userId: user }, { limit: 100 }));
  });

  it('broken connections are an outage after three attempts, until the network recovers', async () => {
    const { proxy, messages, turns } = await behindProxy(client);
    const message = messageOf(newUser());
    proxy.set('reset');
    expect(await causeOfOutage(store(turns, message))).toHaveProperty('code', 'ECONNRESET');
    expect(proxy.accepted()).toBe(3);
    proxy.set('pass');
    expect(await messages.get({ userId: message.id_user }, message.id_message)).toBeUndefined();
    await store(turns, message);
    expect(await messages.list({ userId: message.id_user }, { limit: 5 })).toStrictEqual({ messages: [message] });
  });

  it('a closed port is an outage for every call', async () => {
    const { messages, turns } = storesAt(NOWHERE, client);
    const [user, id] = [newUser(), newId()];
    const change = { content: 'changed', edited_at: '2026-01-02T03:04:05.678Z' };
    const calls = [
      () => messages.get({ userId: user }, id),
      () => messages.list({ userId: user }, { limit: 5 }),
      () => store(turns, messageOf(user)),
      () => messages.edit({ userId: user }, id, change),
      () => messages.delete({ userId: user }, id),
    ];
    for (const call of calls) expect(await causeOfOutage(call())).toHaveProperty('code', 'ECONNREFUSED');
  });
});
