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
  'deleteConversation',
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

  // In the order of the calls: the key, the lock, the quota, the conversation.
  it.each([0, 1, 2, 3])('a send releases what it has taken if its client disconnects during call %i', async (index) => {
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
    expect((await table.keysOf(user.user_id)).map((key) => key[0])).not.toEqual(
      expect.arrayContaining(['I', 'M', 'T']),
    );
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
