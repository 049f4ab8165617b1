import http from 'node:http';
import type { Socket } from 'node:net';
import { Problem } from '@async-chatbot/shared/problem';
import type { ProblemCode } from '@async-chatbot/shared/problems';
import express, { type Express } from 'express';
import { v4 as uuid } from 'uuid';

/** Longer than a load balancer reuses an idle connection (60 s), or it would use closed ones. */
const KEEP_ALIVE_MS = 72_000;

/**
 * A server that creates requests and responses with Express's methods. Otherwise Express swaps the prototypes of each
 * request and response, its largest cost; here the swap changes nothing.
 */
export function createServer(app: Express): http.Server {
  class Request extends http.IncomingMessage {}
  class Response extends http.ServerResponse<http.IncomingMessage> {}
  app.request = adopt(Request.prototype, express.request, app);
  app.response = adopt(Response.prototype, express.response, app);

  const options: http.ServerOptions<typeof Request, typeof Response> = {
    IncomingMessage: Request,
    ServerResponse: Response,
    // Node checks the two timeouts below this often, and every 30 s by default.
    connectionsCheckingInterval: 1000,
    headersTimeout: 10_000,
    requestTimeout: 30_000,
    keepAliveTimeout: KEEP_ALIVE_MS,
    // Node's own refusal has no body; `serve` refuses in its place.
    requireHostHeader: false,
  };
  // Without the second listener, Node refuses an unknown `Expect` with an empty 417; a server may ignore the header.
  return http.createServer(options, serve).on('checkExpectation', serve).on('clientError', refuseUnparsable);

  function serve(req: http.IncomingMessage, res: http.ServerResponse): void {
    if (!hasValidHost(req)) return void refuse(res);
    // The cast: the prototypes above are Express's. It calls back for a URL that it cannot parse; otherwise the app responds.
    app(req as express.Request, res as express.Response, () => refuse(res));
  }
}

function adopt<Methods extends object>(prototype: object, methods: Methods, app: Express): Methods {
  Object.defineProperties(prototype, Object.getOwnPropertyDescriptors(methods));
  // The cast: the line above has copied the methods to the prototype.
  return Object.assign(prototype, { app }) as unknown as Methods;
}

/** RFC 9112, section 3.2: one host, which HTTP/1.0 may leave out. */
function hasValidHost({ headersDistinct: { host = [] }, httpVersion }: http.IncomingMessage): boolean {
  return host.length === 1 || (host.length === 0 && httpVersion === '1.0');
}

function refuse(res: http.ServerResponse): void {
  if (res.headersSent) return void res.destroy();
  const { status, headers, body } = refusal('malformed-request');
  res.writeHead(status, headers).end(body);
}

/** How long a client may take to close a connection that was refused. */
const LINGER_MS = 5000;

const PARSE_PROBLEMS: Readonly<Record<string, ProblemCode>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
  HPE_HEADER_OVERFLOW: 'headers-too-large',
};

/** Input that Node cannot parse reaches no application, but its response is a problem document, too. */
function refuseUnparsable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const { status, headers, body } = refusal(PARSE_PROBLEMS[error.code ?? ''] ?? 'malformed-request');
  // Node no longer times this socket out, and a client may never close it.
  socket.setTimeout(LINGER_MS);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${http.STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`);
}

/** A problem document outside the application. */
function refusal(code: ProblemCode) {
  const requestId = uuid();
  const problem = new Problem(code);
  const body = JSON.stringify(problem.toDocument(requestId));
  const headers = {
    'Content-Type': 'application/problem+json',
    'Content-Length': Buffer.byteLength(body),
    'X-Request-Id': requestId,
    Connection: 'close',
  };
  return { status: problem.status, headers, body };
}
