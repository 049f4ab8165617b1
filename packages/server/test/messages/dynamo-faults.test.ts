import { afterAll, describe, expect, inject, it } from 'vitest';
import { dynamoClient } from '../../src/dynamo/client.ts';
import { dynamoStore } from '../../src/dynamo/message-store.ts';
import { faultProxy } from '../support/fault-proxy.ts';
import { causeOfOutage } from './outage.ts';
import { history, messageOf, newId, newUser } from './samples.ts';

const { AWS_ENDPOINT_URL_DYNAMODB: dynalite = '', DYNAMO_MESSAGES_TABLE: table = '' } = inject('environment');

/** Nothing listens on the port of the discard protocol. */
const NOWHERE = 'http://127.0.0.1:9';

const storeAt = (endpoint: string) =>
  dynamoStore(dynamoClient({ region: 'local', endpoint }), { table }, () => new Date());

const opened: { close: () => Promise<void> }[] = [];
afterAll(() => Promise.all(opened.map(({ close }) => close())));

/** A store behind a network that can fail. */
async function behindProxy() {
  const proxy = await faultProxy(dynalite);
  opened.push(proxy);
  return { proxy, store: storeAt(proxy.endpoint) };
}

describe.concurrent('a network that fails', () => {
  it('a put whose reply is lost is done, once', async () => {
    const { proxy, store } = await behindProxy();
    const message = messageOf(newUser());
    proxy.set('lost reply');
    await store.put([message]);
    expect(proxy.mode()).toBe('pass');
    expect(await store.list({ userId: message.id_user }, { limit: 5 })).toStrictEqual({ messages: [message] });
  });

  it('an edit and a deletion whose replies are lost are done', async () => {
    const { proxy, store } = await behindProxy();
    const message = messageOf(newUser());
    await store.put([message]);
    const change = { content: 'changed', edited_at: '2026-01-02T03:04:05.678Z' };
    proxy.set('lost reply');
    expect(await store.edit({ userId: message.id_user }, message.id_message, change)).toStrictEqual({
      ...message,
      ...change,
      // The SDK has asked twice.
      version: 3,
    });
    proxy.set('lost reply');
    await store.delete({ userId: message.id_user }, message.id_message);
    expect(proxy.mode()).toBe('pass');
    expect(await store.list({ userId: message.id_user }, { limit: 5 })).toStrictEqual({ messages: [] });
  });

  it('a black hole is an outage after three attempts and a deadline, and is forgotten once healed', async () => {
    const { proxy, store } = await behindProxy();
    const message = messageOf(newUser());
    await store.put([message]);
    proxy.set('blackhole');
    const before = proxy.accepted();
    expect(await causeOfOutage(store.get({ userId: message.id_user }, message.id_message))).toHaveProperty(
      'name',
      'AbortError',
    );
    // The first attempt took the connection that was there.
    expect(proxy.accepted() - before).toBe(2);
    proxy.set('pass');
    expect(await store.get({ userId: message.id_user }, message.id_message)).toStrictEqual(message);
  });

  it('answers that take two seconds are an outage, and answers that take a little are not', async () => {
    const { proxy, store } = await behindProxy();
    proxy.set('latency', { latencyMs: 2000 });
    await causeOfOutage(store.list({ userId: newUser() }, { limit: 5 }));
    proxy.set('latency', { latencyMs: 200 });
    expect(await store.list({ userId: newUser() }, { limit: 5 })).toStrictEqual({ messages: [] });
  });

  it('a list has one deadline for all the pages of DynamoDB that it takes', async () => {
    const { proxy, store } = await behindProxy();
    const user = newUser();
    // Five pages of 1 MB.
    await history(store, user, 100, { content: 'x'.repeat(45_000) });
    expect((await store.list({ userId: user }, { limit: 100 })).messages).toHaveLength(100);
    proxy.set('latency', { latencyMs: 800 });
    await causeOfOutage(store.list({ userId: user }, { limit: 100 }));
  });

  it('connections that break are an outage after three attempts, and are forgotten once healed', async () => {
    const { proxy, store } = await behindProxy();
    const message = messageOf(newUser());
    proxy.set('reset');
    expect(await causeOfOutage(store.put([message]))).toHaveProperty('code', 'ECONNRESET');
    expect(proxy.accepted()).toBe(3);
    proxy.set('pass');
    expect(await store.get({ userId: message.id_user }, message.id_message)).toBeUndefined();
    await store.put([message]);
    expect(await store.list({ userId: message.id_user }, { limit: 5 })).toStrictEqual({ messages: [message] });
  });

  it('a port where nothing listens is an outage for every call', async () => {
    const store = storeAt(NOWHERE);
    const [user, id] = [newUser(), newId()];
    const change = { content: 'changed', edited_at: '2026-01-02T03:04:05.678Z' };
    const calls = [
      () => store.get({ userId: user }, id),
      () => store.list({ userId: user }, { limit: 5 }),
      () => store.put([messageOf(user)]),
      () => store.edit({ userId: user }, id, change),
      () => store.delete({ userId: user }, id),
    ];
    for (const call of calls) expect(await causeOfOutage(call())).toHaveProperty('code', 'ECONNREFUSED');
  });
});
