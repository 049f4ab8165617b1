import { getEventListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Client, createClient } from '../../src/index.ts';
import { fixtureServer, json, problem, type Responder } from '../support/fixture-server.ts';
import { beginStream, firstEvents, frames, replyServer } from '../support/reply-server.ts';
import { CREDENTIALS, sessionServer } from '../support/session-server.ts';

const unhandled = vi.fn();
beforeEach(() => {
  // Makes retries immediate.
  vi.spyOn(Math, 'random').mockReturnValue(0);
  process.on('unhandledRejection', unhandled);
});
afterEach(() => {
  process.off('unhandledRejection', unhandled);
  vi.restoreAllMocks();
});

const draft = { content: 'canary' };
const loop = async (items: AsyncIterable<unknown>) => {
  for await (const _ of items);
};

/** All ways of using a call; some use it several times. */
const uses: Readonly<Record<string, (client: Client) => readonly Promise<unknown>[]>> = {
  await: ({ users }) => [users.me()],
  withResponse: ({ users }) => [users.me().withResponse()],
  asResponse: ({ users }) => [users.me().asResponse()],
  'await and withResponse': ({ users }) => {
    const call = users.me();
    return [call, call.withResponse()];
  },
  'withResponse and asResponse': ({ users }) => {
    const call = users.me();
    return [call.withResponse(), call.asResponse()];
  },
  'a loop': ({ messages }) => [loop(messages.list())],
  toArray: ({ messages }) => [messages.list().toArray()],
  'await and a loop': ({ messages }) => {
    const call = messages.list();
    return [call, loop(call)];
  },
  'withResponse and two loops': ({ messages }) => {
    const call = messages.list();
    return [call.withResponse(), loop(call), call.toArray()];
  },
  'the loop of a stream': ({ messages }) => [loop(messages.stream(draft))],
  'text and cancel': ({ messages }) => {
    const stream = messages.stream(draft);
    return [stream.text(), stream.cancel()];
  },
  'cancel alone': ({ messages }) => [messages.stream(draft).cancel()],
  'the loop and finalMessage': ({ messages }) => {
    const stream = messages.regenerateStream('canary');
    return [loop(stream), stream.finalMessage()];
  },
  'a resumed reply': ({ messages }) => [messages.resume('canary').text()],
  'an export': ({ users }) => [loop(users.export())],
};

describe.each<[string, Responder]>([
  ['rejected', problem('message-not-found', 404)],
  ['cut', (res) => res.destroy()],
  ['not logged in', problem('unauthenticated', 401)],
])('a call that is %s', (_, reply) => {
  test.each(Object.entries(uses))('rejects only the promises that are used: %s', async (_name, use) => {
    const server = await fixtureServer(reply);
    const outcomes = await Promise.allSettled(use(createClient({ baseUrl: server.url, maxRetries: 1 })));
    await sleep(5);
    for (const { status } of outcomes) expect(status).toBe('rejected');
    expect(unhandled).not.toHaveBeenCalled();
  });
});

test('removes all listeners from a long-lived signal, however a call ends', async () => {
  const replies = [json({}, 503), json({}), problem('message-not-found', 404), json({})];
  const ends: Responder = (res, request) => (replies.shift() ?? ((each) => each.destroy()))(res, request);
  const [server, streams] = [
    await fixtureServer(ends),
    await replyServer((res) => beginStream(res).write(frames(firstEvents))),
  ];
  const [ofClient, ofCall] = [new AbortController().signal, new AbortController().signal];
  const listeners = () => [ofClient, ofCall].map((signal) => getEventListeners(signal, 'abort').length);
  const client = createClient({ baseUrl: server.url, signal: ofClient });

  await client.messages.list({}, { signal: ofCall });
  await client.messages.get('canary', { signal: ofCall }).catch(() => undefined);
  await client.users.me({ signal: ofCall }).asResponse();
  await client.messages.edit('canary', draft, { signal: ofCall }).catch(() => undefined);
  const { messages } = createClient({ baseUrl: streams.url, signal: ofClient });
  for await (const event of messages.stream(draft, { signal: ofCall })) if (event.type === 'reply-delta') break;
  await messages.stream(draft, { signal: ofCall }).text();
  expect(listeners()).toEqual([0, 0]);
});

test('the signal of the client aborts a refresh', async () => {
  const [server, stop, closed] = [await sessionServer(), new AbortController(), vi.fn()];
  const { users } = createClient({ baseUrl: server.url, signal: stop.signal });
  await users.login(CREDENTIALS);
  server.expire();
  server.onRefresh.push((_, res) => res.on('close', closed));
  const call = users.me();
  call.catch(() => undefined);
  await vi.waitFor(() => expect(server.refreshes()).toBe(1));
  const reason = new Error('canary abort');
  stop.abort(reason);
  await expect(call).rejects.toBe(reason);
  await vi.waitFor(() => expect(closed).toHaveBeenCalled());
  expect(server.refreshes()).toBe(1);
});

test('changing the arguments during a call does not change its retries', async () => {
  const headers = { 'x-canary': 'first' };
  const body = { content: 'canary first' };
  const query = { id_conversation: 'first' };
  const replies: Responder[] = [
    (res, request) => {
      headers['x-canary'] = 'second';
      body.content = 'canary second';
      query.id_conversation = 'second';
      json({}, 503)(res, request);
    },
  ];
  const server = await fixtureServer((res, request) => (replies.shift() ?? json({}))(res, request));
  await createClient({ baseUrl: server.url }).request('sendMessage', { body, query, headers });
  const [first, second] = server.requests.map(({ line, body, headers }) => [line, body, headers['x-canary']]);
  expect(first).toEqual(['POST /messages?id_conversation=first', '{"content":"canary first"}', 'first']);
  expect(second).toEqual(first);
});

test('changing the arguments during a stream does not change its retries', async () => {
  const body = { ...draft };
  const { messages, requests } = await replyServer((res) => {
    body.content = 'canary changed';
    res.destroy();
  });
  await messages.stream(body).text();
  expect(requests.map((request) => request.body)).toEqual(Array(2).fill(JSON.stringify(draft)));
});
