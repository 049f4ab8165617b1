import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

/** A proxy in front of a Cognito endpoint that calls `before` with the name of each operation, and forwards it after that. */
export async function operationProxy(target: string, before: (operation: string) => Promise<unknown>): Promise<string> {
  const server = createServer(async (req, res) => {
    const { method = '', url = '', headers } = req;
    const body = await text(req);
    await before(String(headers['x-amz-target']).split('.')[1] ?? '');
    const sent = { 'x-amz-target': `${headers['x-amz-target']}`, authorization: `${headers.authorization}` };
    const response = await fetch(target + url, { method, headers: sent, ...(body && { body }) });
    res.writeHead(response.status, { 'content-type': 'application/x-amz-json-1.1' }).end(await response.text());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
