import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

interface Refusal {
  error: string;
  times: number;
  /** The operation to reject, such as `Query`; by default, all. */
  operation?: string;
}

/** A proxy that rejects the next requests with a DynamoDB error. */
export async function refusingProxy(target: string, first: Refusal) {
  let requests = 0;
  let left = first;

  const server = createServer(async (req, res) => {
    requests += 1;
    const body = await text(req);
    const operation = `${req.headers['x-amz-target']}`.split('.')[1];
    const isRefused = left.times > 0 && (left.operation ?? operation) === operation;
    if (isRefused) {
      left = { ...left, times: left.times - 1 };
      return send(res, 400, refusal(left.error));
    }
    const headers = { 'x-amz-target': `${req.headers['x-amz-target']}`, authorization: `${req.headers.authorization}` };
    const type = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-date': `${req.headers['x-amz-date']}` };
    const response = await fetch(target, { method: 'POST', headers: { ...headers, ...type }, body });
    return send(res, response.status, await response.text());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: () => requests,
    refuse(next: Refusal) {
      left = next;
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

const refusal = (error: string): string =>
  JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${error}`, message: 'Refused by the test.' });

const send = (res: ServerResponse, status: number, body: string) =>
  res.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(body);
