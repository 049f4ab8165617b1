import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { newId, newUser } from '../../../core/test/support/messages.ts';
import { COMPLETED, LEASE_MS, startedReply } from '../../../core/test/support/replies.ts';
import { dynamoClient } from '../../src/dynamo/client.ts';
import { CLIENTS, type ClientName } from '../support/dynamo/clients.ts';
import { dynamoStores } from '../support/dynamo/dynamo-stores.ts';
import { faultProxy } from '../support/proxies/fault-proxy.ts';

const { AWS_ENDPOINT_URL_DYNAMODB: dynalite = '', DYNAMO_MESSAGES_TABLE: table = '' } = inject('environment');

const opened: { close: () => Promise<void> }[] = [];
afterAll(() => Promise.all(opened.map(({ close }) => close())));

/** The stores behind a network that loses a response on request. */
async function behindProxy(client: ClientName) {
  const proxy = await faultProxy(dynalite);
  opened.push(proxy);
  const stores = dynamoStores(dynamoClient({ region: 'local', endpoint: proxy.endpoint, client }), table)();
  async function losing<Outcome>(call: () => Promise<Outcome>): Promise<Outcome> {
    proxy.set('lost response');
    const outcome = await call();
    expect(proxy.mode(), 'a response was lost').toBe('pass');
    return outcome;
  }
  return { stores, turns: stores.turns, losing };
}

describe.concurrent.each(CLIENTS)('a lost response with the %s client', (client) => {
  it('of finishReply: the end is stored, with one new version', async () => {
    const { stores, turns, losing } = await behindProxy(client);
    const { run } = await startedReply(stores);
    const finished = await losing(() => turns.finishReply(run, COMPLETED));
    expect(finished).toMatchObject({ ...COMPLETED, version: 2 });
    expect((await turns.getReply(run))?.message).toStrictEqual(finished);
  });

  it('of claimReply: the run belongs to the request, and no other can claim the reply', async () => {
    const { stores, turns, losing } = await behindProxy(client);
    const { claim, run } = await startedReply(stores);
    await turns.finishReply(run, COMPLETED);
    const claimed = await losing(() => turns.claimReply(claim, LEASE_MS));
    expect(claimed).toMatchObject({ run: 3, message: { status: 'pending', version: 3 } });
    expect(await turns.claimReply(claim, LEASE_MS)).toBeUndefined();
  });

  it('of a heartbeat or a chunk: both are stored, once', async () => {
    const { stores, turns, losing } = await behindProxy(client);
    const { run } = await startedReply(stores);
    expect(await losing(() => turns.extendLease(run, 'canary', LEASE_MS))).toBe(true);
    await losing(() => turns.appendChunks([{ run, position: 0, text: 'canary' }]));
    expect(await turns.chunksSince(run, 0)).toBe('canary');
  });

  it('of takeKey: the key belongs to the request, which can release it', async () => {
    const { turns, losing } = await behindProxy(client);
    const [userId, key] = [newUser(), randomUUID()];
    const newTurn = () => ({ id_message: newId(), id_reply: newId(), timestamp: new Date().toISOString() });
    const taken = await losing(() => turns.takeKey(userId, key, 'canary', newTurn()));
    expect(taken.isOwn).toBe(true);
    await losing(() => turns.releaseKey(userId, taken));
    expect((await turns.takeKey(userId, key, 'canary', newTurn())).isOwn).toBe(true);
  });

  it('of lock: the lock belongs to the reply, which can unlock it', async () => {
    const { turns, losing } = await behindProxy(client);
    const conversation = { userId: newUser() };
    const reply = { conversation, holder: newId() };
    const other = { conversation, holder: newId() };
    expect(await losing(() => turns.lock(reply, LEASE_MS))).toBe(true);
    expect(await turns.lock(other, LEASE_MS)).toBe(false);
    await losing(() => turns.unlock(reply));
    expect(await turns.lock(other, LEASE_MS)).toBe(true);
  });
});
