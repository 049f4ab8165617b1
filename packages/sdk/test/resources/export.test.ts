import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { ConnectionError, createClient, type ExportedItem } from '../../src/index.ts';
import { beginExport, items, lines, readExport } from '../support/export-fixture.ts';
import { fixtureServer, json, ndjson, problem, type Responder } from '../support/fixture-server.ts';
import { loggedIn, REFRESH, sessionServer } from '../support/session-server.ts';

test('items are parsed when they arrive byte by byte', async () => {
  const server = await fixtureServer(async (res) => {
    for (const byte of Buffer.from(lines.join(''))) await written(beginExport(res), Uint8Array.of(byte));
    res.end();
  });
  expect((await readExport(server.url)).seen).toEqual(items);
});

test('items are yielded before the export is complete', async () => {
  const server = await fixtureServer((res) => beginExport(res).write(lines[0]));
  for await (const item of createClient({ baseUrl: server.url }).users.export()) {
    expect(item).toEqual(items[0]);
    break;
  }
});

test('`request` resolves to the same stream', async () => {
  const server = await fixtureServer(ndjson(items));
  const seen: ExportedItem[] = [];
  for await (const item of await createClient({ baseUrl: server.url }).request('exportData')) seen.push(item);
  expect(seen).toEqual(items);
});

test('no request is sent before the loop', async () => {
  const server = await fixtureServer(ndjson(items));
  createClient({ baseUrl: server.url }).users.export();
  await createClient({ baseUrl: server.url })
    .health.get()
    .catch(() => undefined);
  expect(server.requests.map(({ line }) => line)).toEqual(['GET /health']);
});

describe('an incomplete export', () => {
  test.each<[string, Responder]>([
    [
      'cut after a line',
      async (res) => {
        await written(beginExport(res), lines.slice(0, 2).join(''));
        res.destroy();
      },
    ],
    [
      'cut within a line',
      async (res) => {
        await written(beginExport(res), lines.slice(0, 3).join('').slice(0, -40));
        res.destroy();
      },
    ],
    [
      'with fewer bytes than announced',
      async (res) => {
        await written(beginExport(res, { 'content-length': '100000' }), lines.slice(0, 2).join(''));
        res.destroy();
      },
    ],
    ['without the end of its last line', (res) => beginExport(res).end(lines.slice(0, 3).join('').trimEnd())],
    ['that a proxy ends without its `end`', (res) => beginExport(res).end(lines.slice(0, 2).join(''))],
  ])('%s causes a ConnectionError after the complete items', async (_, reply) => {
    const server = await fixtureServer(reply);
    const { seen, error } = await readExport(server.url);
    expect(seen).toEqual(items.slice(0, 2));
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({ message: `Incomplete response to GET ${server.url}/users/me/export` });
  });
});

describe('a response that is not an export', () => {
  test('429 causes an ApiError with retryAfterSeconds', async () => {
    const server = await fixtureServer(problem('too-many-requests', 429, { 'retry-after': '1' }));
    const expected = { name: 'ApiError', status: 429, code: 'too-many-requests', retryAfterSeconds: 1 };
    expect((await readExport(server.url)).error).toMatchObject(expected);
    await expect(createClient({ baseUrl: server.url }).request('exportData', { maxRetries: 0 })).rejects.toMatchObject(
      expected,
    );
  });

  test.each<[string, Responder]>([
    ['200 with HTML', (res) => res.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome</h1>\n')],
    ['200 with JSON', json({})],
    ['204', (res) => res.writeHead(204, { 'content-type': 'application/x-ndjson' }).end()],
  ])('%s causes an ApiError without a code', async (_, reply) => {
    const server = await fixtureServer(reply);
    const { seen, error } = await readExport(server.url);
    expect(seen).toEqual([]);
    expect(error).toMatchObject({ name: 'ApiError', code: undefined });
  });

  test('200 with lines instead of JSON causes an ApiError without a code', async () => {
    const server = await fixtureServer(ndjson(items));
    const call = createClient({ baseUrl: server.url }).health.get();
    await expect(call).rejects.toMatchObject({ name: 'ApiError', status: 200, code: undefined });
  });
});

test('401 refreshes the session, and the stream follows', async () => {
  const server = await sessionServer(ndjson(items));
  const { client } = await loggedIn(server);
  server.expire();
  const seen: ExportedItem[] = [];
  for await (const item of client.users.export()) seen.push(item);
  expect(seen).toEqual(items);
  expect(server.lines()).toEqual(['GET /users/me/export', REFRESH, 'GET /users/me/export']);
});

function written(res: ServerResponse, chunk: string | Uint8Array): Promise<unknown> {
  return new Promise((resolve) => res.write(chunk, resolve));
}
