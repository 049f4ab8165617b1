import http from 'node:http';
import type { Socket } from 'node:net';
import { Problem } from '@async-chatbot/shared/problem';
import type { ProblemCode } from '@async-chatbot/shared/problems';
import express, { type Express } from 'express';
import { v4 as uuid } from 'uuid';
import { type Connections, trackConnections } from './connections.ts';
import { declaresTooLarge, hasBody } from './read-body.ts';

/** Longer than load balancers reuse an idle connection (60 s), so that they do not use a closed one. */
const KEEP_ALIVE_MS = 72_000;

/** How long the rest of a rejected body may take, so that a client that is still sending it can read the response. */
const UNREAD_BODY_MS = 1000;

/**
 * A server whose requests and responses already have Express's methods. Otherwise Express replaces the prototype of each
 * request and response, which is its largest cost; here the replacement changes nothing.
 */
export function createServer(app: Express, connections: Connections = trackConnections()): http.Server {
  class Request extends http.IncomingMessage {}
  class Response extends http.ServerResponse<http.IncomingMessage> {}
  app.request = adopt(Request.prototype, express.request, app);
  app.response = adopt(Response.prototype, express.response, app);

  const options: http.ServerOptions<typeof Request, typeof Response> = {
    IncomingMessage: Request,
    ServerResponse: Response,
    // How often Node checks the two timeouts below; every 30 s by default.
    connectionsCheckingInterval: 1000,
    headersTimeout: 10_000,
    requestTimeout: 30_000,
    keepAliveTimeout: KEEP_ALIVE_MS,
    // `serve` checks the header instead, since Node's 400 has no body.
    requireHostHeader: false,
  };
  return (
    http
      .createServer(options, serve)
      // By default, Node responds to an unknown `Expect` with an empty 417, but a server may ignore the header.
      .on('checkExpectation', serve)
      .on('checkContinue', serveExpected)
      .on('connection', connections.onConnection)
      .on('clientError', (error, socket: Socket) => refuseUnparsable(error, socket, connections.responsesOn(socket)))
  );

  function serve(req: http.IncomingMessage, res: http.ServerResponse): void {
    connections.onRequest(req, res);
    if (hasBody(req)) res.on('finish', expectBodyEnd);
    if (req.httpVersionMajor !== 1) return void refuse(res, 'http-version-not-supported');
    if (!hasValidHost(req)) return void refuse(res, 'malformed-request');
    // The cast: the prototypes above have Express's methods. The callback is for a URL that Express cannot parse.
    app(req as express.Request, res as express.Response, () => refuse(res, 'malformed-request'));
  }

  /** The client waits for a 100 before it sends the body (RFC 9110, section 10.1.1). */
  function serveExpected(req: http.IncomingMessage, res: http.ServerResponse): void {
    if (!declaresTooLarge(req)) res.writeContinue();
    serve(req, res);
  }
}

function expectBodyEnd(this: http.ServerResponse): void {
  // Most bodies arrive with their headers, but Node parses them only after this event.
  if (!this.req.complete) setImmediate(expectEnd, this.req);
}

function expectEnd(req: http.IncomingMessage): void {
  if (!req.complete) setTimeout(closeIncomplete, UNREAD_BODY_MS, req).unref();
}

/** After a response, Node reads what is left of the body, however long it is. */
function closeIncomplete(req: http.IncomingMessage): void {
  if (!req.complete) req.socket.destroy();
}

function adopt<Methods extends object>(prototype: object, methods: Methods, app: Express): Methods {
  Object.defineProperties(prototype, Object.getOwnPropertyDescriptors(methods));
  // The cast: the line above copied the methods to the prototype.
  return Object.assign(prototype, { app }) as unknown as Methods;
}

/** Exactly one `Host` header, optional in HTTP/1.0 (RFC 9112, section 3.2). */
function hasValidHost({ rawHeaders, httpVersion }: http.IncomingMessage): boolean {
  // Node's `headersDistinct` would copy all headers of each request.
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name?.length === 4 && name.toLowerCase() === 'host') count += 1;
  }
  return count === 1 || (count === 0 && httpVersion === '1.0');
}

function refuse(res: http.ServerResponse, code: ProblemCode): void {
  if (res.headersSent) return void res.destroy();
  const { status, headers, body } = refusal(code);
  res.writeHead(status, headers).end(body);
}

/** How long a client may take to close the connection of a rejected request. */
const LINGER_MS = 5000;

const PARSE_PROBLEMS: Readonly<Record<string, ProblemCode>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
  HPE_HEADER_OVERFLOW: 'headers-too-large',
};

interface ParseError extends NodeJS.ErrnoException {
  reason?: string;
}

function parseProblem({ code = '', reason }: ParseError): ProblemCode {
  // The code alone is ambiguous: a malformed line ending has it too.
  if (reason === 'Invalid HTTP version') return 'http-version-not-supported';
  return PARSE_PROBLEMS[code] ?? 'malformed-request';
}

/**
 * Input that Node cannot parse does not reach Express, but gets a problem document too, unless that would be taken for part of
 * the response to an earlier request.
 */
function refuseUnparsable(error: ParseError, socket: Socket, [first, second]: readonly http.ServerResponse[]): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  if (second || first?.headersSent || first?.req.complete) return void socket.destroy();
  const { status, headers, body } = refusal(parseProblem(error));
  // Node no longer applies its timeouts, and the client may never close the socket.
  socket.setTimeout(LINGER_MS);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${http.STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`);
}

/** A problem response for requests that do not reach Express. */
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
