import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createMockServer } from '../../src/testing/index.ts';

/** Serves the mock server over HTTP. */
export async function apiServer() {
  const mock = createMockServer();
  const server = createServer(async (req, res) => {
    const body = await buffer(req);
    const aborting = new AbortController();
    res.once('close', () => aborting.abort());
    const headers = Object.entries(req.headers).map(([name, value]): [string, string] => [name, `${value}`]);
    const response = await mock.fetch(mock.baseUrl + req.url, {
      method: req.method ?? 'GET',
      headers,
      body: body.length > 0 ? new Uint8Array(body) : null,
      signal: aborting.signal,
    });
    res.writeHead(response.status, [...response.headers].flat());
    res.flushHeaders();
    // The cast: Node.js and browsers have different types for the same class.
    const stream = Readable.fromWeb((response.body ?? new ReadableStream()) as Parameters<typeof Readable.fromWeb>[0]);
    await pipeline(stream, res).catch(() => undefined);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    mock,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
