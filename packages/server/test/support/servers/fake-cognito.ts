import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inject, onTestFinished } from 'vitest';

type CognitoResponse = { __type?: string } & Record<string, unknown>;

/**
 * An endpoint that responds to every request to Cognito with this, or with what the function returns for the operation;
 * a response with a `__type` is that error. The keys of its tokens are the emulator's.
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
