import { expect, test, vi } from 'vitest';
import { createClient } from '../../src/index.ts';
import { json } from '../support/fixture-server.ts';
import { loggedIn, REFRESH, sessionServer } from '../support/session-server.ts';

/** A session that was exported and stored as JSON. */
async function exportedSession() {
  const server = await sessionServer(json({ user_id: 'canary' }));
  const { client } = await loggedIn(server);
  return { server, session: JSON.parse(JSON.stringify(client.session.export())) };
}

test('an exported session continues in another client', async () => {
  const { server, session } = await exportedSession();
  const client = createClient({ baseUrl: server.url, session });
  expect(await client.users.me()).toEqual({ user_id: 'canary' });
  expect(server.requests[0]?.headers.cookie).toBe('access=1; refresh=1');
});

test('the other client refreshes the session and exports the new one', async () => {
  const { server, session } = await exportedSession();
  server.expire();
  const client = createClient({ baseUrl: server.url, session });
  expect(await client.users.me()).toEqual({ user_id: 'canary' });
  expect(server.lines()).toEqual(['GET /users/me', REFRESH, 'GET /users/me']);
  expect(client.session.export()).toMatchObject([{ value: '2' }, { value: '2' }]);
});

test('a client with an exported session that has ended calls `onSessionEnd`', async () => {
  const { server, session } = await exportedSession();
  server.revoke();
  const onSessionEnd = vi.fn();
  const client = createClient({ baseUrl: server.url, session, onSessionEnd });
  await expect(client.users.me()).rejects.toMatchObject({ code: 'session-expired' });
  expect(onSessionEnd).toHaveBeenCalledOnce();
});

test('an exported session is not sent to another origin', async () => {
  const { session } = await exportedSession();
  const other = await sessionServer();
  const client = createClient({ baseUrl: other.url, session });
  await expect(client.users.me()).rejects.toMatchObject({ code: 'unauthenticated' });
  for (const { headers } of other.requests) expect(headers.cookie).toBeUndefined();
});

test('the export is empty after a logout', async () => {
  const { server, session } = await exportedSession();
  const client = createClient({ baseUrl: server.url, session });
  await client.users.logout();
  expect(client.session.export()).toEqual([]);
});
