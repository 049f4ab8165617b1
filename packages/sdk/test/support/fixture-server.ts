import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import type { ProblemCode } from '../../src/index.ts';

/** A request that the server received. */
export interface ReceivedRequest {
  readonly line: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Responds to one request. */
export type Responder = (res: ServerResponse, request: ReceivedRequest) => unknown;

/** Starts a server on a free port that records its requests. It closes when the test finishes. */
export async function fixtureServer(reply: Responder = json({})) {
  const requests: ReceivedRequest[] = [];
  const server = createServer((req, res) => {
    // The body of an aborted call never ends.
    receive(req).then(
      (request) => reply(res, requests[requests.push(request) - 1] ?? request),
      () => res.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  onTestFinished(close);
  // The cast: a server that listens on a port has an address of this kind.
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, requests, close };
}

/** Responds with JSON. */
export function json(body: unknown, status = 200, headers: Record<string, string | string[]> = {}): Responder {
  return (res) => res.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

/** Responds with a problem of the API. */
export function problem(code: ProblemCode, status: number, headers: Record<string, string | string[]> = {}): Responder {
  const requestId = '0190a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b';
  const body = { title: code, status, detail: `canary ${code}`, code, request_id: requestId };
  return json(body, status, { 'content-type': 'application/problem+json', ...headers });
}

/** Responds with a line of JSON for each item. */
export function ndjson(items: readonly unknown[]): Responder {
  const body = items.map((item) => `${JSON.stringify(item)}\n`).join('');
  return (res) => res.writeHead(200, { 'content-type': 'application/x-ndjson; charset=utf-8' }).end(body);
}

async function receive(req: IncomingMessage): Promise<ReceivedRequest> {
  return { line: `${req.method} ${req.url}`, headers: req.headers, body: await text(req) };
}
