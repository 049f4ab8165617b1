import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** An endpoint that answers every call of Cognito's with this; an answer with a `__type` is that error. */
export async function fakeCognito(answer: { __type?: string } & Record<string, unknown>): Promise<string> {
  const server = createServer((_req, res) => {
    res
      .writeHead(answer.__type ? 400 : 200, { 'Content-Type': 'application/x-amz-json-1.1' })
      .end(JSON.stringify(answer));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
