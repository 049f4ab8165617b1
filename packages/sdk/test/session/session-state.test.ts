/** How a client infers from its calls whether there is a session to refresh. */
import { expect, test, vi } from 'vitest';
import { createClient } from '../../src/index.ts';
import { browserFetch, CREDENTIALS, gate, loggedIn, sessionServer } from '../support/session-server.ts';

test.each(['logoutEverywhere', 'delete'] as const)('%s ends a session that it had to refresh first', async (end) => {
  const server = await sessionServer();
  const { client, onSessionEnd } = await loggedIn(server);
  server.expire();
  await client.users[end]();
  server.revoke();
  await expect(client.users.me()).rejects.toMatchObject({ code: 'unauthenticated' });
  expect(server.refreshes()).toBe(1);
  expect(onSessionEnd).not.toHaveBeenCalled();
});

test('an explicit refresh adopts a session that another tab opened', async () => {
  const server = await sessionServer();
  const fetch = browserFetch();
  const { client } = await loggedIn(server, fetch);
  await client.users.logout();
  await createClient({ baseUrl: server.url, fetch }).users.login(CREDENTIALS);
  await client.users.refresh();
  server.expire();
  expect(await client.users.me()).toEqual({});
});

test('a session that another tab opened after a logout here is refreshed', async () => {
  const server = await sessionServer();
  const fetch = browserFetch();
  const { client } = await loggedIn(server, fetch);
  await client.users.logout();
  await createClient({ baseUrl: server.url, fetch }).users.login(CREDENTIALS);
  await client.users.me();
  server.expire();
  expect(await client.users.me()).toEqual({});
  expect(server.refreshes()).toBe(1);
});

test('a call sent before a logout that succeeds after it does not prove a session', async () => {
  const go = gate();
  const server = await sessionServer((res) => go.opened.then(() => res.writeHead(204).end()));
  const { client, onSessionEnd } = await loggedIn(server);
  const call = client.users.me();
  await vi.waitFor(() => expect(server.requests).toHaveLength(1));
  await client.users.logout();
  go.open();
  await call;
  server.clearRequests();
  await expect(client.users.me()).rejects.toMatchObject({ code: 'unauthenticated' });
  expect(server.refreshes()).toBe(0);
  expect(onSessionEnd).not.toHaveBeenCalled();
});
