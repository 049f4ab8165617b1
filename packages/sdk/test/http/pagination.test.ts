import { describe, expect, test } from 'vitest';
import { createClient } from '../../src/index.ts';
import { fixtureServer, json, problem } from '../support/fixture-server.ts';

/** A server with seven messages, three on each page. */
async function listServer() {
  const server = await fixtureServer((res, request) => {
    const from = Number(new URL(request.line.split(' ')[1] ?? '', 'http://chat.example').searchParams.get('cursor'));
    const messages = [0, 1, 2, 3, 4, 5, 6].slice(from, from + 3).map((id_message) => ({ id_message }));
    return json({ messages, ...(from + 3 < 7 && { next_cursor: `${from + 3}` }) })(res, request);
  });
  const { messages, request } = createClient({ baseUrl: server.url, maxRetries: 0 });
  return { ...server, messages, request, lines: () => server.requests.map(({ line }) => line) };
}
const numbers = (messages: readonly { id_message: unknown }[]) => messages.map(({ id_message }) => id_message);

describe('a list', () => {
  test('resolves to its first page', async () => {
    const { messages, lines } = await listServer();
    const { messages: found, next_cursor } = await messages.list({ limit: 3 });
    expect([numbers(found), next_cursor]).toEqual([[0, 1, 2], '3']);
    expect(lines()).toEqual(['GET /messages?limit=3']);
  });

  test('iterates over all items, and requests each page when it is needed', async () => {
    const { messages, lines } = await listServer();
    const seen: unknown[] = [];
    for await (const { id_message } of messages.list({ limit: 3, order: 'asc' }, { headers: { 'x-canary': '1' } })) {
      seen.push(id_message);
      expect(lines()).toHaveLength(Math.ceil(seen.length / 3));
    }
    expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(lines()).toEqual([
      'GET /messages?limit=3&order=asc',
      'GET /messages?limit=3&order=asc&cursor=3',
      'GET /messages?limit=3&order=asc&cursor=6',
    ]);
  });

  test('requests no more pages after the loop is left', async () => {
    const { messages, lines } = await listServer();
    for await (const { id_message } of messages.list()) if (String(id_message) === '3') break;
    expect(lines()).toHaveLength(2);
  });

  test.each([
    [undefined, [0, 1, 2, 3, 4, 5, 6], 3],
    [{ limit: 100 }, [0, 1, 2, 3, 4, 5, 6], 3],
    [{ limit: 4 }, [0, 1, 2, 3], 2],
    [{ limit: 3 }, [0, 1, 2], 1],
    [{ limit: 0 }, [], 1],
  ])('collects an array with %j', async (options, expected, requests) => {
    const { messages, lines } = await listServer();
    expect(numbers(await messages.list().toArray(options))).toEqual(expected);
    expect(lines()).toHaveLength(requests);
  });

  test('can be iterated when called through `request`', async () => {
    const { request } = await listServer();
    expect(numbers(await request('listMessages').toArray())).toHaveLength(7);
  });

  test('of conversations iterates over conversations', async () => {
    const conversation = { id_conversation: 'canary' };
    const server = await fixtureServer(json({ conversations: [conversation] }));
    expect(await createClient({ baseUrl: server.url }).conversations.list().toArray()).toEqual([conversation]);
  });

  test('throws when the second page fails', async () => {
    const server = await fixtureServer((res, request) =>
      request.line.includes('cursor')
        ? problem('service-unavailable', 503)(res, request)
        : json({ messages: [{}], next_cursor: '1' })(res, request),
    );
    const seen: unknown[] = [];
    const loop = async () => {
      for await (const item of createClient({ baseUrl: server.url, maxRetries: 0 }).messages.list()) seen.push(item);
    };
    await expect(loop()).rejects.toMatchObject({ status: 503 });
    expect(seen).toHaveLength(1);
  });
});

test('a call that does not return a page is not iterable', async () => {
  const server = await fixtureServer();
  const call = createClient({ baseUrl: server.url }).users.me();
  expect(Symbol.asyncIterator in call).toBe(false);
  await call;
});
