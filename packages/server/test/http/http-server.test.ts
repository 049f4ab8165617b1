import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { MAX_BODY_BYTES } from '@async-chatbot/shared/max-body-bytes';
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

/** Sends the parts 100 ms apart, and resolves to everything received until the server closes the connection. */
async function textFrom(url: string, ...parts: string[]): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  const received = text(socket);
  for (const part of parts) {
    socket.write(part, 'latin1');
    await sleep(100);
  }
  return received;
}

/** Listens until the test file ends. */
async function listening(server: Server): Promise<string> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
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

  it.each(['HTTP/2.0', 'HTTP/3.0', 'HTTP/4.2', 'HTTP/1.2'])('505 for %s', async (version) => {
    const bytes = http(`GET /health ${version}`, HOST);
    const response = await rawRequest(baseUrl, bytes);
    expect([response.status, response.headers.get('connection')]).toEqual([505, 'close']);
    expect(await response.json()).toMatchObject({ status: 505, code: 'http-version-not-supported' });
  });

  it('no response for a connection that was reset, and the server keeps running', async () => {
    const socket = connect(Number(new URL(baseUrl).port), '127.0.0.1');
    await once(socket, 'connect');
    socket.write('POST /users/login HTTP/1.1\r\n');
    socket.resetAndDestroy();
    expect((await fetch(`${baseUrl}/health`)).status).toBe(200);
  });
});

describe('invalid data after a request', () => {
  const GARBAGE = 'canary\r\n\r\n';

  it('closes the connection, instead of becoming the response', async () => {
    const url = await listening(
      createServer(express().use((_req, res) => void setTimeout(() => res.json('canary'), 300))),
    );
    expect(await textFrom(url, http('GET / HTTP/1.1', HOST) + GARBAGE)).toBe('');
  });

  it('closes the connection of a stream, even if it is in the body of a pipelined request', async () => {
    const app = express().use((req, res) => void (req.method === 'GET' && res.write('data: canary\n\n')));
    const post = `${http('POST / HTTP/1.1', HOST, 'Transfer-Encoding: chunked')}zz\r\n`;
    const received = await textFrom(await listening(createServer(app)), http('GET / HTTP/1.1', HOST), post);
    expect(received).toContain('data: canary');
    expect(received).not.toContain('400');
  });

  it('closes the connection of a stream, and is not answered in it', async () => {
    const app = express().use((_req, res) => void res.write('data: canary\n\n'));
    const received = await textFrom(await listening(createServer(app)), http('GET / HTTP/1.1', HOST), GARBAGE);
    expect(received).toContain('data: canary');
    expect(received).not.toContain('400');
  });
});

describe('a body over the limit', () => {
  const TWO_GB = `Content-Length: ${2 ** 31}`;
  const JSON_TYPE = 'Content-Type: application/json';
  const LOGIN = ['POST /users/login HTTP/1.1', HOST, JSON_TYPE];
  const CHUNK = `${(65_536).toString(16)}\r\n${' '.repeat(65_536)}\r\n`;

  it.each([
    ['that is declared', http(...LOGIN, TWO_GB)],
    ['that is declared and has begun', `${http(...LOGIN, TWO_GB)}{"email":`],
    ['that waits for permission', http(...LOGIN, TWO_GB, 'Expect: 100-continue')],
    ['in chunks that do not end', http(...LOGIN, 'Transfer-Encoding: chunked') + CHUNK + CHUNK],
  ])('413 before it has arrived, and the connection closes: %s', async (_label, bytes) => {
    const response = await rawRequest(baseUrl, bytes);
    const body = JSON.parse(await response.text());
    expectDocumented('loginUser', response, body);
    expect([response.status, body.code]).toEqual([413, 'body-too-large']);
  });

  it('401 without a session, and the connection closes', async () => {
    const head = http('POST /messages HTTP/1.1', HOST, JSON_TYPE, TWO_GB);
    expect((await rawRequest(baseUrl, head)).status).toBe(401);
  });

  it('the connection stays open if the rest of the body arrives soon', async () => {
    const head = http(...LOGIN, `Content-Length: ${MAX_BODY_BYTES + 1}`);
    const second = http('GET /health HTTP/1.1', HOST, 'Connection: close');
    const received = await textFrom(baseUrl, head, ' '.repeat(MAX_BODY_BYTES + 1) + second);
    expect(received.match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 413', 'HTTP/1.1 200']);
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
