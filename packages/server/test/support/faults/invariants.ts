/** What must hold after every fault. */
import { expect, vi } from 'vitest';
import { leaksIn } from '../checks/canary.ts';
import { replyWith } from '../servers/model-server.ts';
import { type Product, thoughtful, type WarmServer } from './product.ts';
import { checkStoredItems } from './stored-items.ts';
import type { User } from './user.ts';

/** How long leases and retries may hold something before it is released. */
const SETTLED_MS = 30_000;

/** Removes all faults, and checks that all acknowledged messages are listed once and that nothing leaks. */
export async function checkInvariants(product: Product): Promise<void> {
  const { dynamo, cognito, model, processes, servers, users, countersMayDrift } = product;
  for (const proxy of [dynamo, cognito]) proxy.set('pass');
  model.respond(thoughtful);
  const alive = servers.filter((server) => server.isAlive());
  const [ada] = users;
  // Replies to clients that have disconnected complete first.
  if (ada) for (const server of alive) await eventually(() => expectFreeSlots(ada.at(server)));

  const hasCrashed = processes.some(({ child }) => child.signalCode === 'SIGKILL');
  const server = alive.at(-1);
  model.respond(replyWith('Yes.'));
  for (const user of users) {
    if (server) {
      await repeatSends(user.at(server));
      await expectListedOnce(user.at(server));
    }
    await eventually(() => checkStoredItems(user.id, { hasCrashed, countersMayDrift }));
  }
  for (const one of alive) await expectIdle(one, product.closeUnused);
  for (const { output } of processes) expect(leaksIn(output.stdout + output.stderr), 'secrets in the log').toEqual([]);
}

/** A user who holds nothing can take three streams with a reply each, and no fourth. */
async function expectFreeSlots(user: User): Promise<void> {
  const ids = await Promise.all([1, 2, 3, 4].map(user.newConversation));
  const [last = '', ...firsts] = ids;
  const streams = await Promise.all(firsts.map((conversation) => user.stream({ conversation })));
  const fourth = await user.stream({ conversation: last });
  await Promise.all(streams.map(({ ended }) => ended));
  expect(streams.map(({ status }) => status)).toEqual([201, 201, 201]);
  expect(fourth.status, 'a fourth stream').toBe(429);
}

/** Sends that were not acknowledged can be retried with the same key. */
async function repeatSends(user: User): Promise<void> {
  for (const options of user.unacknowledged.values())
    await eventually(async () => expect((await user.send(options)).status).toBe(201));
}

async function expectListedOnce(user: User): Promise<void> {
  const listed = await allMessages(user);
  const ids = listed.map(({ id_message }) => id_message);
  expect(ids, 'messages listed').toHaveLength(new Set(ids).size);
  const missing = [...user.acknowledged].filter((id) => !ids.includes(id));
  expect(missing, 'acknowledged messages that are not listed').toEqual([]);
  const texts = listed.filter(({ is_bot }) => !is_bot).map(({ content }) => content);
  expect(texts, 'texts listed').toHaveLength(new Set(texts).size);
}

interface Listed {
  reply_to?: string;
  id_message: string;
  is_bot: boolean;
  content: string;
  status?: string;
}

/** Every message of every conversation. */
export async function allMessages({ call }: User): Promise<Listed[]> {
  const listed: Listed[] = [];
  const conversations = await allPages<{ id_conversation: string }>(call, '/conversations?limit=100', 'conversations');
  const queries = ['', ...conversations.map(({ id_conversation }) => `&id_conversation=${id_conversation}`)];
  for (const query of queries)
    listed.push(...(await allPages<Listed>(call, `/messages?limit=100${query}`, 'messages')));
  return listed;
}

async function allPages<Entry>(call: User['call'], path: string, name: string): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (let cursor = ''; ; ) {
    const { status, body } = await call('GET', path + cursor);
    expect(status).toBe(200);
    entries.push(...body[name]);
    if (!body.next_cursor) return entries;
    cursor = `&cursor=${encodeURIComponent(body.next_cursor)}`;
  }
}

async function expectIdle(server: WarmServer, closeUnused: () => Promise<void>): Promise<void> {
  await eventually(async () => {
    await closeUnused();
    const { sockets, timers } = await server.vitals();
    expect(sockets, 'sockets').toBeLessThanOrEqual(server.idle.sockets);
    expect(timers, 'timers').toBeLessThanOrEqual(server.idle.timers);
  });
}

const eventually = (check: () => Promise<void>) => vi.waitFor(check, { timeout: SETTLED_MS, interval: 200 });
