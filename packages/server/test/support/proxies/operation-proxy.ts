import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

type Response = object | undefined;

/**
 * A proxy in front of an AWS endpoint. It calls `before` with the name of each operation, and sends its response, or an error if
 * that has a `__type`; without one, it forwards the request.
 */
export async function operationProxy(
  target: string,
  before: (operation: string) => Response | Promise<Response>,
): Promise<string> {
  const server = createServer(async (req, res) => {
    const { method = '', url = '', headers } = req;
    const body = await text(req);
    const own = await before(String(headers['x-amz-target']).split('.')[1] ?? '');
    if (own) return res.writeHead('__type' in own ? 400 : 200).end(JSON.stringify(own));
    const names = ['content-type', 'x-amz-target', 'x-amz-date', 'authorization'];
    const sent = names.flatMap((name) => (headers[name] ? [[name, String(headers[name])] as [string, string]] : []));
    const response = await fetch(target + url, { method, headers: sent, ...(body && { body }) });
    const type = response.headers.get('content-type') ?? '';
    return res.writeHead(response.status, { 'content-type': type }).end(await response.text());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
