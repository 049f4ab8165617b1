/** What a request still does after its client has disconnected, and the deadline for all of its calls. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { OperationId } from '@async-chatbot/core/operation';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { dynamoClient } from '../../src/dynamo/client.ts';
import { dynamoTable } from '../support/dynamo/dynamo-table.ts';
import { holdingProxy } from '../support/proxies/holding-proxy.ts';
import { type Client, connect, loggedIn, sendMessage } from '../support/requests/client.ts';
import { sampleRequest } from '../support/requests/sample-requests.ts';
import { startServer, testDeps } from '../support/servers/server.ts';

const { AWS_ENDPOINT_URL_DYNAMODB: dynalite = '', DYNAMO_MESSAGES_TABLE: name = '' } = inject('environment');
const table = dynamoTable(dynamoClient({ region: 'local', endpoint: dynalite }), name);
const proxy = await holdingProxy(dynalite);
afterAll(proxy.close);

const { identity, rateLimiter } = testDeps();
const environment = { AWS_ENDPOINT_URL_DYNAMODB: proxy.endpoint, QUOTA_MESSAGES_PER_DAY: '5' };
const model = { BOT: 'openai-compatible', BOT_MODEL: 'canary', BOT_BASE_URL: 'https://127.0.0.1:9' };
const baseUrl = await startServer({ ...testDeps(environment), identity, rateLimiter });
const modelUrl = await startServer({ ...testDeps({ ...environment, ...model }), identity, rateLimiter });

/** A client that can disconnect, which ends its requests at once. */
function leaving({ jar }: Client, url: string) {
  const left = new AbortController();
  const client = connect(url, (to, init) => fetch(to, { ...init, signal: left.signal }));
  for (const [cookie, value] of jar) client.jar.set(cookie, value);
  return { client, leave: () => left.abort() };
}

const READS_AND_SINGLE_WRITES: OperationId[] = [
  'listMessages',
  'getMessage',
  'editMessage',
  'deleteMessage',
  'regenerateReply',
  'cancelReply',
  'rateReply',
  'getUsage',
  'exportData',
  'listConversations',
  'createConversation',
  'getConversation',
  'updateConversation',
];

describe('a client that disconnects', () => {
  it.each(READS_AND_SINGLE_WRITES)('%s: its call is aborted, and no other follows', async (id) => {
    const { client, leave } = leaving(await loggedIn(baseUrl), baseUrl);
    const held = proxy.hold(0);
    const response = sampleRequest(id, client).catch(() => undefined);
    const release = await held;
    leave();
    await response;
    // A page of messages is requested beside its conversation.
    const before = proxy.calls.length;
    await expect.poll(() => proxy.calls[0]?.isAborted).toBe(true);
    release();
    await sleep(100);
    expect(proxy.calls).toHaveLength(before);
  });

  it('an export stops while it reads a page', async () => {
    const ada = await loggedIn(baseUrl);
    const { client, leave } = leaving(ada, baseUrl);
    const held = proxy.hold(1);
    const response = sampleRequest('exportData', client).catch(() => undefined);
    const release = await held;
    leave();
    await response;
    await expect.poll(() => proxy.calls[1]?.isAborted).toBe(true);
    release();
    await sleep(100);
    expect(proxy.calls).toHaveLength(2);
  });

  /** Sends a request, and disconnects during its nth call, which then completes. */
  async function leaveDuring(index: number, ada: Client, send: (client: Client) => Promise<unknown>): Promise<void> {
    const { client, leave } = leaving(ada, baseUrl);
    const held = proxy.hold(index);
    const response = send(client).catch(() => undefined);
    const release = await held;
    leave();
    await response;
    await sleep(50);
    release();
  }

  // The calls read the message, mark its key, and delete it.
  it.each([1, 2])('a message is deleted with its reply if its client disconnects during call %i', async (index) => {
    const ada = await loggedIn(baseUrl);
    const { body: user } = await ada.call('GET', '/users/me');
    const headers = { 'idempotency-key': 'canary' };
    const sent = await ada.call('POST', '/messages', { json: { content: 'canary' }, headers });
    const path = `/messages/${sent.body.user_message.id_message}`;
    await leaveDuring(index, ada, (client) => client.call('DELETE', path, { headers: { 'if-match': '"1"' } }));
    const stored = async () => (await table.keysOf(user.user_id)).filter((key) => key.startsWith('M#'));
    await expect.poll(stored).toEqual([]);
  });

  it('a deletion that fails since the message was edited leaves the idempotency key as it was', async () => {
    const ada = await loggedIn(baseUrl);
    const headers = { 'idempotency-key': 'canary' };
    const send = () => ada.call('POST', '/messages', { json: { content: 'canary' }, headers });
    const { id_message } = (await send()).body.user_message;
    const held = proxy.hold(1);
    const deleted = ada.call('DELETE', `/messages/${id_message}`, { headers: { 'if-match': '"1"' } });
    const release = await held;
    await ada.call('PUT', `/messages/${id_message}`, { json: { content: 'canary 2' } });
    release();
    expect((await deleted).status).toBe(412);
    expect((await send()).body.user_message).toMatchObject({ id_message, version: 2 });
  });

  it('an account is deleted with all its data', async () => {
    const ada = await loggedIn(baseUrl);
    const { body: user } = await ada.call('GET', '/users/me');
    await Promise.all(Array.from({ length: 30 }, () => ada.call('POST', '/conversations', { json: {} })));
    await leaveDuring(2, ada, (client) => client.call('DELETE', '/users/me'));
    const login = async () => (await ada.call('POST', '/users/login', { json: ada.credentials })).status;
    await expect.poll(login, { timeout: 5000 }).toBe(401);
    await expect.poll(() => table.keysOf(user.user_id)).toEqual([]);
  });

  it('a conversation that is marked as deleted is swept', async () => {
    const ada = await loggedIn(baseUrl);
    const { id_conversation } = (await ada.call('POST', '/conversations', { json: {} })).body;
    await leaveDuring(0, ada, (client) => client.call('DELETE', `/conversations/${id_conversation}`));
    await expect.poll(() => proxy.calls.map(({ operation }) => operation)).toEqual(['UpdateItem', 'PutItem']);
  });

  it('a message that is edited gets a new reply', async () => {
    const ada = await loggedIn(baseUrl);
    const { id_message, id_reply } = (await sendMessage(ada)).user_message;
    const edit = { content: 'canary 2', regenerate: true };
    // The calls read the message and the reply, and reserve the quota.
    await leaveDuring(3, ada, (client) => client.call('PUT', `/messages/${id_message}`, { json: edit }));
    const versionOf = async (id = '') => (await ada.call('GET', `/messages/${id}`)).body.version;
    await expect.poll(() => versionOf(id_message)).toBe(2);
    await expect.poll(() => versionOf(id_reply)).toBe(4);
  });

  // In the order of the calls: the key, the lock, the quota.
  it.each([0, 1, 2])('a send releases what it has taken if its client disconnects during call %i', async (index) => {
    const ada = await loggedIn(baseUrl);
    const { body: user } = await ada.call('GET', '/users/me');
    const { body: conversation } = await ada.call('POST', '/conversations', { json: {} });
    const { client, leave } = leaving(ada, modelUrl);
    const held = proxy.hold(index);
    const response = client
      .call('POST', `/messages?id_conversation=${conversation.id_conversation}`, {
        json: { content: 'canary' },
        headers: { 'idempotency-key': 'canary' },
      })
      .catch(() => undefined);
    const release = await held;
    leave();
    await response;
    await sleep(50);
    release();
    await sleep(300);
    expect((await table.keysOf(user.user_id)).filter((key) => /^[IMT]#/.test(key))).toEqual([]);
    expect((await ada.call('GET', '/users/me/usage')).body.messages.used).toBe(0);
  });

  it('a message that is being stored is stored with its reply', async () => {
    const ada = await loggedIn(baseUrl);
    const { client, leave } = leaving(ada, baseUrl);
    const held = proxy.hold(1);
    const response = client.call('POST', '/messages', { json: { content: 'canary' } }).catch(() => undefined);
    const release = await held;
    leave();
    await response;
    await sleep(50);
    release();
    await expect.poll(async () => (await ada.call('GET', '/messages')).body.messages).toHaveLength(2);
  });
});

it('the calls of a request together take no longer than its deadline', async () => {
  const server = await startServer({ ...testDeps(environment), identity, rateLimiter }, { requestMs: 400 });
  const ada = await loggedIn(server);
  await sendMessage(ada);
  proxy.slow(250);
  const response = await ada.call('POST', '/messages', {
    json: { content: 'canary' },
    headers: { 'idempotency-key': 'canary' },
  });
  proxy.slow(0);
  expect(response.status).toBe(503);
  expect(response.headers.get('retry-after')).toBe('2');
  expect((await ada.call('GET', '/users/me/usage')).body.messages.used).toBe(1);
  expect((await ada.call('GET', '/messages')).body.messages).toHaveLength(2);
});

it('a deletion may take longer than the deadline of a request', async () => {
  const server = await startServer({ ...testDeps(environment), identity, rateLimiter }, { requestMs: 1000 });
  const ada = await loggedIn(server);
  const { id_conversation } = (await ada.call('POST', '/conversations', { json: {} })).body;
  await ada.call('POST', `/messages?id_conversation=${id_conversation}`, { json: { content: 'canary' } });
  proxy.slow(400);
  expect((await ada.call('DELETE', `/conversations/${id_conversation}`)).status).toBe(200);
  proxy.slow(0);
});
