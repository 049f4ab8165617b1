/** Expired items are not returned, even before DynamoDB has removed them. */
import { expect, it } from 'vitest';
import { connect, loggedIn, sendMessage } from '../support/requests/client.ts';
import { startServer, testDeps } from '../support/servers/server.ts';

const DAY_MS = 86_400_000;
const environment = { MESSAGE_TTL_DAYS: '2' };
const { identity } = testDeps();

/** A server whose stores have a clock that is ahead. */
const serverIn = (ms: number) =>
  startServer({ ...testDeps(environment, { now: () => new Date(Date.now() + ms) }), identity });

const today = await serverIn(0);
const tomorrow = await serverIn(DAY_MS);
const later = await serverIn(2 * DAY_MS + 2000);

it('messages and conversations are shown until they expire, and then not at all', async () => {
  const ada = await loggedIn(today);
  const { id_conversation } = (await ada.call('POST', '/conversations', { json: { title: 'canary' } })).body;
  const { user_message, bot_response } = await sendMessage(ada);
  const at = (baseUrl: string) => {
    const client = connect(baseUrl);
    for (const [name, value] of ada.jar) client.jar.set(name, value);
    return client;
  };
  const path = `/messages/${user_message.id_message}`;
  expect((await at(tomorrow).call('GET', '/messages')).body.messages).toEqual([bot_response, user_message]);
  expect((await at(tomorrow).call('GET', `/conversations/${id_conversation}`)).status).toBe(200);

  const { call } = at(later);
  const json = { content: 'canary' };
  expect((await call('GET', '/messages')).body).toEqual({ messages: [] });
  expect((await call('GET', '/messages?order=asc&limit=1')).body).toEqual({ messages: [] });
  expect((await call('GET', '/conversations')).body).toEqual({ conversations: [] });
  expect((await call('GET', '/users/me/export')).body.at(-1)).toEqual({ end: { conversations: 0, messages: 0 } });
  expect((await call('GET', path)).status).toBe(404);
  expect((await call('PUT', path, { json })).status).toBe(404);
  expect((await call('PUT', path, { json: { ...json, regenerate: true } })).status).toBe(404);
  expect((await call('DELETE', path)).status).toBe(404);
  expect((await call('POST', `/messages/${bot_response.id_message}/regenerate`)).status).toBe(404);
  expect((await call('PUT', `/messages/${bot_response.id_message}/feedback`, { json: { rating: 'up' } })).status).toBe(
    404,
  );
  expect((await call('GET', `/messages?id_conversation=${id_conversation}`)).status).toBe(404);
  expect((await call('POST', `/messages?id_conversation=${id_conversation}`, { json })).status).toBe(404);
});

it('a message extends its conversation’s expiry to its own', async () => {
  const ada = await loggedIn(today);
  const { id_conversation } = (await ada.call('POST', '/conversations', { json: { title: 'canary' } })).body;
  const client = connect(tomorrow);
  for (const [name, value] of ada.jar) client.jar.set(name, value);
  await client.call('POST', `/messages?id_conversation=${id_conversation}`, { json: { content: 'canary' } });
  const late = connect(later);
  for (const [name, value] of ada.jar) late.jar.set(name, value);
  expect((await late.call('GET', `/messages?id_conversation=${id_conversation}`)).body.messages).toHaveLength(2);
});
