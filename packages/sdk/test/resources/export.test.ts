import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { ConnectionError, createClient, type ExportedItem } from '../../src/index.ts';
import { beginExport, exported, items, lines } from '../support/export-fixture.ts';
import { fixtureServer, json, ndjson, problem, type Responder } from '../support/fixture-server.ts';
import { loggedIn, REFRESH, sessionServer } from '../support/session-server.ts';

test('items come byte by byte', async () => {
  const server = await fixtureServer(async (res) => {
    for (const byte of Buffer.from(lines.join(''))) await sent(beginExport(res), Uint8Array.of(byte));
    res.end();
  });
  expect((await exported(server.url)).seen).toEqual(items);
});

test('items come while the rest is not there yet', async () => {
  const server = await fixtureServer((res) => beginExport(res).write(lines[0]));
  for await (const item of createClient({ baseUrl: server.url }).users.export()) {
    expect(item).toEqual(items[0]);
    break;
  }
});

test('the general call answers with the same stream', async () => {
  const server = await fixtureServer(ndjson(items));
  const seen: ExportedItem[] = [];
  for await (const item of await createClient({ baseUrl: server.url }).request('exportData')) seen.push(item);
  expect(seen).toEqual(items);
});

test('nothing is asked for before the loop', async () => {
  const server = await fixtureServer(ndjson(items));
  createClient({ baseUrl: server.url }).users.export();
  await createClient({ baseUrl: server.url })
    .health.get()
    .catch(() => undefined);
  expect(server.requests.map(({ line }) => line)).toEqual(['GET /health']);
});

describe('an export that is not whole', () => {
  test.each<[string, Responder]>([
    [
      'is cut after a whole line',
      async (res) => {
        await sent(beginExport(res), lines.slice(0, 2).join(''));
        res.destroy();
      },
    ],
    [
      'is cut within a line',
      async (res) => {
        await sent(beginExport(res), lines.join('').slice(0, -40));
        res.destroy();
      },
    ],
    [
      'has fewer bytes than announced',
      async (res) => {
        await sent(beginExport(res, { 'content-length': '100000' }), lines.slice(0, 2).join(''));
        res.destroy();
      },
    ],
    ['ends without the end of its last line', (res) => beginExport(res).end(lines.join('').trimEnd())],
  ])('because it %s is a ConnectionError after the items before', async (_, reply) => {
    const server = await fixtureServer(reply);
    const { seen, error } = await exported(server.url);
    expect(seen).toEqual(items.slice(0, 2));
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({ message: `Incomplete response to GET ${server.url}/users/me/export` });
  });
});

describe('an answer that is no export', () => {
  test('429 is an ApiError that says how long to wait', async () => {
    const server = await fixtureServer(problem('too-many-requests', 429, { 'retry-after': '1' }));
    const expected = { name: 'ApiError', status: 429, code: 'too-many-requests', retryAfterSeconds: 1 };
    expect((await exported(server.url)).error).toMatchObject(expected);
    await expect(createClient({ baseUrl: server.url }).request('exportData', { maxRetries: 0 })).rejects.toMatchObject(
      expected,
    );
  });

  test.each<[string, Responder]>([
    ['200 with HTML', (res) => res.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome</h1>\n')],
    ['200 with JSON', json({})],
    ['204', (res) => res.writeHead(204, { 'content-type': 'application/x-ndjson' }).end()],
  ])('%s is an ApiError without a code', async (_, reply) => {
    const server = await fixtureServer(reply);
    const { seen, error } = await exported(server.url);
    expect(seen).toEqual([]);
    expect(error).toMatchObject({ name: 'ApiError', code: undefined });
  });

  test('200 with lines where JSON was asked for is one, too', async () => {
    const server = await fixtureServer(ndjson(items));
    const call = createClient({ baseUrl: server.url }).health.get();
    await expect(call).rejects.toMatchObject({ name: 'ApiError', status: 200, code: undefined });
  });
});

test('401 is refreshed, and the stream comes', async () => {
  const server = await sessionServer(ndjson(items));
  const { client } = await loggedIn(server);
  server.expire();
  const seen: ExportedItem[] = [];
  for await (const item of client.users.export()) seen.push(item);
  expect(seen).toEqual(items);
  expect(server.lines()).toEqual(['GET /users/me/export', REFRESH, 'GET /users/me/export']);
});

function sent(res: ServerResponse, chunk: string | Uint8Array): Promise<unknown> {
  return new Promise((resolve) => res.write(chunk, resolve));
}
