/** Two servers that share a table and a user pool see each other's changes. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { dynamoClient } from '../../src/dynamo/client.ts';
import { dynamoMessageStore } from '../../src/dynamo/message-store.ts';
import { addressOf, onEmulators, source, startNode } from '../support/process/program.ts';
import { type Client, connect, loggedIn, newCredentials } from '../support/requests/client.ts';
import { testConfig } from '../support/servers/server.ts';

async function twoServers(env: Record<string, string> = {}): Promise<[string, string]> {
  const servers = [1, 2].map(() => startNode([source('main.ts')], { env: { ...onEmulators(), ...env } }));
  const [here = '', there = ''] = await Promise.all(servers.map(addressOf));
  // Wait until they have loaded the AWS clients.
  await Promise.all(servers.map(({ prints }) => prints(/"msg":"ready"/)));
  return [here, there];
}

/** The same session on another server. */
function at(baseUrl: string, { jar }: Client): Client {
  const client = connect(baseUrl);
  for (const [name, value] of jar) client.jar.set(name, value);
  return client;
}

const me = ({ call }: Client) => call('GET', '/users/me');

it.each(['/users/logout', '/users/logout/everywhere'])(
  '%s here ends the session there within a second',
  async (path) => {
    const [here, there] = await twoServers();
    const ada = await loggedIn(here);
    const copy = at(there, ada);
    expect((await me(copy)).status).toBe(200);
    await ada.call('POST', path);
    await sleep(1000);
    expect((await me(copy)).status).toBe(401);
    expect((await copy.call('POST', '/users/refresh')).status).toBe(401);
  },
);

it('a session that is refreshed on both servers at once continues on both', async () => {
  const [here, there] = await twoServers();
  const ada = await loggedIn(here);
  const copies = Array.from({ length: 10 }, (_, n) => at(n % 2 ? here : there, ada));
  const statuses = await Promise.all(copies.map(async ({ call }) => (await call('POST', '/users/refresh')).status));
  expect(new Set(statuses)).toEqual(new Set([200]));
  for (const copy of copies) expect((await me(copy)).status).toBe(200);
});

it('an account deleted on one server leaves no data, while its user sends messages on the other', async () => {
  const [here, there] = await twoServers();
  const ada = await loggedIn(here);
  const { user_id } = (await me(ada)).body;
  const copy = at(there, ada);
  const keepSending = async () => {
    while ((await copy.call('POST', '/messages', { json: { content: 'canary' } })).status === 201);
  };
  // That server has just loaded its list of ended sessions, and does not reload it for a while.
  expect((await me(copy)).status).toBe(200);
  const sending = Promise.all([keepSending(), keepSending(), keepSending()]);
  expect((await ada.call('DELETE', '/users/me')).status).toBe(200);
  await sending;
  const { dynamo } = testConfig();
  const store = dynamoMessageStore(dynamoClient(dynamo), dynamo, () => new Date());
  expect(await store.list({ userId: user_id }, { limit: 5 })).toEqual({ messages: [] });
});

it('a rate limit is shared by both servers', async () => {
  const [here, there] = await twoServers({ LIMIT_EMAIL_PER_MINUTE: '5' });
  const wrong = newCredentials();
  const login = async (baseUrl: string) =>
    (await connect(baseUrl).call('POST', '/users/login', { json: wrong })).status;
  const statuses: number[] = [];
  // With more at once, DynamoDB may be too slow on a busy machine, and each server would count for itself.
  for (let round = 0; round < 6; round += 1) statuses.push(...(await Promise.all([login(here), login(there)])));
  expect(statuses.toSorted()).toEqual([...Array(5).fill(401), ...Array(7).fill(429)]);
});
