/** The built-in bot replies at once to a JSON send, and word by word in a stream. */
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { type Client, loggedIn } from '../support/requests/client.ts';
import { openStream, textOf, typesOf } from '../support/requests/open-stream.ts';
import { startServer, testConfig, testDeps } from '../support/servers/server.ts';

const WELCOME = 'Hello! How can I help you today?';
const json = { content: 'canary hello' };

/** The names of the requests to DynamoDB during a call. */
async function requestsDuring(environment: Record<string, string>, act: (ada: Client) => Promise<unknown>) {
  const { endpoint = '' } = testConfig().dynamo;
  const names: string[] = [];
  const proxy = createServer((req, res) => {
    names.push(String(req.headers['x-amz-target']).replace(/.*\./, ''));
    req.pipe(
      request(endpoint, { method: req.method ?? '', headers: req.headers }, (response) => {
        res.writeHead(response.statusCode ?? 0, response.headers);
        response.pipe(res);
      }),
    );
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  onTestFinished(() => void proxy.close().closeAllConnections());
  const { port } = proxy.address() as AddressInfo;
  const AWS_ENDPOINT_URL_DYNAMODB = `http://127.0.0.1:${port}`;
  const ada = await loggedIn(await startServer(testDeps({ ...environment, AWS_ENDPOINT_URL_DYNAMODB })));
  await ada.call('GET', '/users/me');
  names.length = 0;
  await act(ada);
  // Every server also polls for ended sessions.
  return names.filter((name) => name !== 'Query');
}

it('a JSON send is one BatchWriteItem with the completed reply', async () => {
  let reply: unknown;
  const requests = await requestsDuring({}, async (ada) => {
    reply = (await ada.call('POST', '/messages', { json })).body.bot_response;
  });
  expect(requests).toEqual(['BatchWriteItem']);
  expect(reply).toMatchObject({ content: WELCOME, status: 'completed', finish_reason: 'stop', version: 2 });
});

it('a key adds one write, and a retry returns the same messages', async () => {
  const headers = { 'idempotency-key': 'k-1' };
  const requests = await requestsDuring({}, async (ada) => {
    const { body } = await ada.call('POST', '/messages', { json, headers });
    expect((await ada.call('POST', '/messages', { json, headers })).body).toEqual(body);
  });
  expect(requests.slice(0, 2)).toEqual(['PutItem', 'BatchWriteItem']);
});

it('a reply of the built-in bot can be followed, resumed, rated, regenerated and counted like any other', async () => {
  const ada = await loggedIn(
    await startServer(testDeps({ QUOTA_MESSAGES_PER_DAY: '5', QUOTA_TOKENS_PER_DAY: '9000' })),
  );
  const { bot_response } = (await ada.call('POST', '/messages', { json })).body;
  const path = `/messages/${bot_response.id_message}`;
  const seen = await openStream(ada, 'GET', `${path}/events`);
  await seen.ended;
  expect(typesOf(seen.events)).toEqual(['reply-started', 'reply-delta', 'reply-completed']);
  expect(seen.events.map(({ id }) => id)).toEqual(['1-0', `1-${WELCOME.length}`, '1-end']);
  expect((await ada.call('GET', '/users/me/usage')).body).toMatchObject({ messages: { used: 1 }, tokens: { used: 0 } });
  expect((await ada.call('PUT', `${path}/feedback`, { json: { rating: 'up' } })).status).toBe(200);
  const again = await ada.call('POST', `${path}/regenerate`);
  expect(again.body.bot_response).toMatchObject({ content: WELCOME, status: 'completed' });
});

it('a streamed send emits one word at a time, and can be stopped and resumed', async () => {
  const ada = await loggedIn(await startServer(testDeps({ BOT_WORD_DELAY_MS: '100' })));
  const seen = await openStream(ada, 'POST', '/messages', { json });
  await seen.ended;
  const deltas = seen.events.filter(({ type }) => type === 'reply-delta').map(({ delta }) => delta);
  expect(deltas.join('')).toBe(WELCOME);
  expect(deltas.length).toBeGreaterThan(3);

  const stopped = await openStream(ada, 'POST', '/messages', { json });
  await expect.poll(() => typesOf(stopped.events), { interval: 5 }).toContain('reply-delta');
  const path = `/messages/${stopped.events[1].bot_response.id_message}`;
  await ada.call('POST', `${path}/cancel`);
  await stopped.ended;
  expect(stopped.events.at(-1)).toMatchObject({ type: 'reply-cancelled' });
  expect(textOf(stopped.events).length).toBeLessThan(WELCOME.length);

  const left = await openStream(ada, 'POST', '/messages', { json });
  await expect.poll(() => typesOf(left.events), { interval: 5 }).toContain('reply-delta');
  const { id } = left.events.at(-1);
  left.leave();
  await left.ended.catch(() => undefined);
  const resumed = await openStream(ada, 'GET', `/messages/${left.events[1].bot_response.id_message}/events`, {
    headers: { 'last-event-id': id },
  });
  await resumed.ended;
  expect(textOf(left.events) + textOf(resumed.events)).toBe(WELCOME);
});
