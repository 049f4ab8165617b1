import { once } from 'node:events';
import { createServer, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Received {
  headers: IncomingMessage['headers'];
  body: string;
}

export interface Reply {
  status?: number;
  headers?: OutgoingHttpHeaders;
  body?: string;
}

/** A server that records requests and sends scripted responses, the last of them repeatedly. For `undefined`, it sends none. */
export async function stubDynamo(...script: (Reply | ((res: ServerResponse) => void) | undefined)[]) {
  const requests: Received[] = [];
  let replies = script;
  let connections = 0;

  const server = createServer(async (req, res) => {
    requests.push({ headers: req.headers, body: await text(req) });
    const reply = replies.length > 1 ? replies.shift() : replies[0];
    if (typeof reply === 'function') return reply(res);
    if (!reply) return;
    const { status = 200, headers, body = '{}' } = reply;
    res.writeHead(status, { 'content-type': 'application/x-amz-json-1.0', ...headers }).end(body);
  });
  server.on('connection', () => {
    connections += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    connections: () => connections,
    reply(...next: typeof script) {
      replies = next;
      requests.length = 0;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

export const failure = (name: string, status = 400, more: object = {}): Reply => ({
  status,
  body: JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: 'canary', ...more }),
});
