import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inject, onTestFinished } from 'vitest';

type CognitoResponse = { __type?: string } & Record<string, unknown>;

/**
 * A Cognito endpoint that sends this response to every request, or the one that the function returns for the operation; a
 * response with a `__type` is an error. It serves the emulator's public keys.
 */
export async function fakeCognito(
  response: CognitoResponse | ((operation: string) => CognitoResponse),
): Promise<string> {
  const server = createServer(async (req, res) => {
    if (req.method === 'GET') {
      const keys = await fetch(`${inject('environment').AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER}${req.url}`);
      return res.end(await keys.text());
    }
    const operation = String(req.headers['x-amz-target']).split('.')[1] ?? '';
    const body = typeof response === 'function' ? response(operation) : response;
    res.writeHead(body.__type ? 400 : 200, { 'Content-Type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
