import http from 'node:http';
import type { Socket } from 'node:net';
import type { ProblemCode } from '@async-chatbot/shared/problems';
import express, { type Express } from 'express';
import { v4 as uuid } from 'uuid';
import { Problem } from './problem.ts';

/** Longer than a load balancer keeps an idle connection (60 s), or it would meet closed ones. */
const KEEP_ALIVE_MS = 72_000;

/**
 * A server whose requests and responses are born with Express's methods. Express else swaps the prototypes of each
 * request and response, its largest cost; here the swap finds nothing to do.
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
  };
  return http.createServer(options, app).on('clientError', answerUnreadable);
}

function adopt<Methods extends object>(prototype: object, methods: Methods, app: Express): Methods {
  Object.defineProperties(prototype, Object.getOwnPropertyDescriptors(methods));
  // The cast: the line above has given the prototype these methods.
  return Object.assign(prototype, { app }) as unknown as Methods;
}

const UNREADABLE: Readonly<Record<string, ProblemCode>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
  HPE_HEADER_OVERFLOW: 'headers-too-large',
};

/** What Node cannot parse never becomes a request; its answer is a problem document all the same. */
function answerUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const requestId = uuid();
  const problem = new Problem(UNREADABLE[error.code ?? ''] ?? 'malformed-request');
  const body = JSON.stringify(problem.toDocument(requestId));
  const head = [
    `HTTP/1.1 ${problem.status} ${http.STATUS_CODES[problem.status]}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${requestId}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
