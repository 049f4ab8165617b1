import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createClient } from '../../src/index.ts';
import { json } from '../support/fixture-server.ts';
import { browserFetch, loggedIn, REFRESH, sessionServer } from '../support/session-server.ts';

let locks: ReturnType<typeof fakeLocks>;

beforeEach(() => {
  locks = fakeLocks();
  vi.stubGlobal('navigator', { locks });
  vi.stubGlobal('location', { href: 'https://chat.example/' });
  return () => vi.unstubAllGlobals();
});

/** Two tabs of a browser with a logged-in user. */
async function twoTabs() {
  const server = await sessionServer(json({ user_id: 'canary' }));
  const fetch = browserFetch();
  const [one, other] = [await loggedIn(server, fetch), await loggedIn(server, fetch)];
  return { server, one, other };
}

describe('two tabs whose session expires', () => {
  test('refresh it once, and all calls succeed', async () => {
    const { server, one, other } = await twoTabs();
    server.expire();
    const calls = [one, other].flatMap(({ client }) => [client.users.me(), client.messages.list()]);
    expect(await Promise.all(calls)).toEqual(Array(4).fill({ user_id: 'canary' }));
    expect(server.refreshes()).toBe(1);
    expect(locks.names).toEqual(Array(2).fill(`async-chatbot-refresh:${server.url}`));
    expect(locks.maxHeld).toBe(1);
  });

  test('refresh it in the second tab if the first fails', async () => {
    const { server, one, other } = await twoTabs();
    server.expire();
    for (const _ of [1, 2]) server.onRefresh.push((_go, res) => res.destroy());
    const outcomes = await Promise.allSettled([one.client.users.me(), other.client.users.me()]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(server.refreshes()).toBe(3);
  });

  test('both call `onSessionEnd`', async () => {
    const { server, one, other } = await twoTabs();
    server.revoke();
    const outcomes = await Promise.allSettled([one.client.users.me(), other.client.users.me()]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(one.onSessionEnd).toHaveBeenCalledOnce();
    expect(other.onSessionEnd).toHaveBeenCalledOnce();
  });
});

test('a single tab checks the session before it refreshes', async () => {
  const { server, one } = await twoTabs();
  server.expire();
  await one.client.messages.list();
  expect(server.lines()).toEqual(['GET /messages', 'GET /users/me', REFRESH, 'GET /messages']);
});

test('a browser without Web Locks refreshes without them', async () => {
  vi.stubGlobal('navigator', {});
  const { server, one } = await twoTabs();
  server.expire();
  await one.client.messages.list();
  expect(server.lines()).toEqual(['GET /messages', REFRESH, 'GET /messages']);
});

test('clients outside a browser, each with its own session, do not wait for each other', async () => {
  vi.unstubAllGlobals();
  vi.stubGlobal('navigator', { locks });
  const server = await sessionServer();
  const { client } = await loggedIn(server);
  server.expire();
  await client.users.me();
  expect(locks.names).toEqual([]);
});

test('two APIs of one origin have separate locks', async () => {
  const server = await sessionServer();
  for (const path of ['/one/', '/two', '/two/'])
    await createClient({ baseUrl: server.url + path })
      .users.me()
      .catch(() => undefined);
  expect(locks.names).toEqual(['/one', '/two', '/two'].map((path) => `async-chatbot-refresh:${server.url}${path}`));
});

/** Locks that all tabs of an origin share, as in a browser: each request waits for the previous ones. */
function fakeLocks() {
  const tails = new Map<string, Promise<unknown>>();
  const names: string[] = [];
  let held = 0;
  const fake = {
    names,
    /** The maximum number of locks held at once. */
    maxHeld: 0,
    request<Result>(name: string, action: () => Promise<Result>): Promise<Result> {
      names.push(name);
      const turn = (tails.get(name) ?? Promise.resolve()).then(async () => {
        held += 1;
        fake.maxHeld = Math.max(fake.maxHeld, held);
        return action().finally(() => {
          held -= 1;
        });
      });
      tails.set(
        name,
        turn.catch(() => undefined),
      );
      return turn;
    },
  };
  return fake;
}
