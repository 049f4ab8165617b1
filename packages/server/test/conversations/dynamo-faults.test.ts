import { afterAll, describe, expect, inject, it } from 'vitest';
import { causeOfOutage } from '../messages/outage.ts';
import { newId, newUser } from '../messages/samples.ts';
import { CANARY } from '../support/canary.ts';
import { faultProxy } from '../support/fault-proxy.ts';
import { conversationOf, found, LATER, talk, worldAt } from './samples.ts';

const { AWS_ENDPOINT_URL_DYNAMODB: dynalite = '', DYNAMO_MESSAGES_TABLE: table = '' } = inject('environment');

/** Nothing listens on the port of the discard protocol. */
const NOWHERE = 'http://127.0.0.1:9';

const opened: { close: () => Promise<void> }[] = [];
afterAll(() => Promise.all(opened.map(({ close }) => close())));

/** A world behind a network that can fail. */
async function behindProxy() {
  const proxy = await faultProxy(dynalite);
  opened.push(proxy);
  return { proxy, world: worldAt(proxy.endpoint, table) };
}

describe.concurrent('a network that fails', () => {
  it('creations, titles, messages and deletions whose replies are lost are done', async () => {
    const { proxy, world } = await behindProxy();
    const { store, kept } = world;
    const [user, conversation] = [newUser(), conversationOf()];
    const { id_conversation } = conversation;
    proxy.set('lost reply');
    await store.create(user, conversation);
    expect(proxy.mode()).toBe('pass');
    expect(await store.get(user, id_conversation)).toStrictEqual(conversation);
    proxy.set('lost reply');
    expect(await store.touch(user, id_conversation, { title: CANARY, at: LATER })).toBe(true);
    const renamed = { ...conversation, title: `${CANARY} changed`, updated_at: LATER };
    proxy.set('lost reply');
    expect(await store.rename(user, id_conversation, renamed)).toStrictEqual(renamed);
    await talk(world, user, id_conversation, 1);
    // The reply to the first call, which marks it.
    proxy.set('lost reply');
    expect(await store.delete(user, id_conversation)).toBe(true);
    expect(proxy.mode()).toBe('pass');
    expect(await kept(user)).toEqual([]);
  });

  it('a black hole is an outage with a deadline, and the conversation is there once it is healed', async () => {
    const { proxy, world } = await behindProxy();
    const { store } = world;
    const [user, conversation] = [newUser(), conversationOf()];
    const { id_conversation } = conversation;
    await store.create(user, conversation);
    proxy.set('blackhole');
    const causes = await Promise.all([
      causeOfOutage(store.get(user, id_conversation)),
      causeOfOutage(store.list(user, { limit: 5 })),
      causeOfOutage(store.touch(user, id_conversation, { title: CANARY, at: LATER })),
      causeOfOutage(store.delete(user, id_conversation)),
    ]);
    expect(causes).toMatchObject(causes.map(() => ({ name: 'AbortError' })));
    proxy.set('pass');
    expect(await store.get(user, id_conversation)).toStrictEqual(conversation);
  });

  it('a port where nothing listens is an outage for every call', async () => {
    const { store } = worldAt(NOWHERE, table);
    const [user, id] = [newUser(), newId()];
    const calls = [
      () => store.list(user, { limit: 5 }),
      () => store.get(user, id),
      () => store.create(user, conversationOf()),
      () => store.rename(user, id, { title: CANARY, updated_at: LATER }),
      () => store.touch(user, id, { title: CANARY, at: LATER }),
      () => store.delete(user, id),
    ];
    for (const call of calls) expect(await causeOfOutage(call())).toHaveProperty('code', 'ECONNREFUSED');
  });

  it('a deletion that meets an outage is gone on with once it is healed', async () => {
    const { proxy, world } = await behindProxy();
    const { store, kept } = world;
    const [user, conversation] = [newUser(), conversationOf()];
    const { id_conversation } = conversation;
    await store.create(user, conversation);
    await talk(world, user, id_conversation, 60);
    proxy.set('latency', { latencyMs: 50 });
    const deletion = store.delete(user, id_conversation);
    // By now it is marked.
    await expect.poll(() => worldAt(dynalite, table).store.get(user, id_conversation)).toBeUndefined();
    proxy.set('reset');
    await causeOfOutage(deletion);
    proxy.set('pass');
    expect(await kept(user)).toContain(`C#${id_conversation}`);
    expect(await found(store, user, id_conversation)).toEqual([]);
    expect(await store.delete(user, id_conversation)).toBe(true);
    expect(await kept(user)).toEqual([]);
  });
});
