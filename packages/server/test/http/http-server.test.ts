import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import express from 'express';
import { afterAll, describe, expect, it } from 'vitest';
import { createServer } from '../../src/http/http-server.ts';
import { expectNoLeak } from '../support/checks/no-leak.ts';
import { expectDocumented } from '../support/checks/spec.ts';
import { HOST, NOT_HTTP, SMUGGLED, UNUSUAL } from '../support/requests/bad-http.ts';
import { http, rawRequest } from '../support/requests/raw-request.ts';
import { startServer } from '../support/servers/server.ts';

const baseUrl = await startServer();

/** Expects a problem document, after which the connection closes. */
async function expectRejected(response: Response, status: number, code: string): Promise<void> {
  const body = JSON.parse(await response.text());
  expectDocumented(undefined, response, body);
  expectNoLeak({ status: response.status, headers: response.headers, body });
  expect(body).toMatchObject({ status, code });
  expect(response.status).toBe(status);
  expect(response.headers.get('connection')).toBe('close');
}

/** Listens until the test file ends. */
async function listening(server: Server): Promise<string> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  afterAll(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('invalid HTTP', () => {
  it.each(NOT_HTTP)('400 for %s', async (_label, bytes) => {
    await expectRejected(await rawRequest(baseUrl, bytes), 400, 'malformed-request');
  });

  it.each(SMUGGLED)('400 and only one response for a smuggled request: %s', async (_label, headers) => {
    const smuggled = `0\r\n\r\n${http('GET /health HTTP/1.1', HOST)}`;
    const bytes = http('POST /users/logout HTTP/1.1', HOST, ...headers) + smuggled;
    await expectRejected(await rawRequest(baseUrl, bytes), 400, 'malformed-request');
  });

  it('431 for more than 16 KB of headers', async () => {
    const bytes = http('GET /health HTTP/1.1', HOST, `X-Canary: ${'c'.repeat(16_384)}`);
    await expectRejected(await rawRequest(baseUrl, bytes), 431, 'headers-too-large');
    await expectRejected(
      await rawRequest(baseUrl, http(`GET /${'c'.repeat(17_000)} HTTP/1.1`)),
      431,
      'headers-too-large',
    );
  });

  it('no response for a connection that was reset, and the server keeps running', async () => {
    const socket = connect(Number(new URL(baseUrl).port), '127.0.0.1');
    await once(socket, 'connect');
    socket.write('POST /users/login HTTP/1.1\r\n');
    socket.resetAndDestroy();
    expect((await fetch(`${baseUrl}/health`)).status).toBe(200);
  });
});

describe('unusual HTTP', () => {
  it.each(UNUSUAL)('%s', async (title, bytes) => {
    const response = await rawRequest(baseUrl, bytes);
    const body = JSON.parse(await response.text());
    expectNoLeak({ status: response.status, headers: response.headers, body });
    expect(response.status).toBe(Number(title.slice(0, 3)));
    expect(JSON.stringify(body)).not.toContain('canary');
  });
});

describe('createServer', () => {
  it('creates requests and responses with the prototypes of Express', async () => {
    const prototypesMatch: boolean[] = [];
    const app = express().use((req, res) => void res.json(req.get('x-canary')));
    const server = createServer(app).prependListener('request', (req, res) => {
      prototypesMatch.push(Object.getPrototypeOf(req) === app.request, Object.getPrototypeOf(res) === app.response);
    });
    const response = await fetch(await listening(server), { headers: { 'x-canary': 'canary' } });
    expect(await response.json()).toBe('canary');
    expect(prototypesMatch).toEqual([true, true]);
  });

  it('closes the connection if a body fails halfway, instead of appending to it', async () => {
    const app = express().use((_req, res) => {
      res.write('{"half":');
      throw new Error('canary');
    });
    const response = await fetch(await listening(createServer(app)));
    await expect(response.text()).rejects.toThrow();
  });

  it('408 for headers that arrive too slowly', async () => {
    const server = createServer(express());
    server.headersTimeout = 100;
    const url = await listening(server);
    await expectRejected(await rawRequest(url, 'GET /health HTTP/1.1\r\n'), 408, 'request-timeout');
  });

  it('408 for a body that arrives too slowly', async () => {
    const server = createServer(
      express().use(
        (req, res) =>
          void text(req).then(
            (body) => res.json(body),
            () => {},
          ),
      ),
    );
    Object.assign(server, { headersTimeout: 100, requestTimeout: 100 });
    const bytes = `${http('POST / HTTP/1.1', HOST, 'Content-Length: 10')}canary`;
    await expectRejected(await rawRequest(await listening(server), bytes), 408, 'request-timeout');
  });
});
