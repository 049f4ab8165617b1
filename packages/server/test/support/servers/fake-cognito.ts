import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inject, onTestFinished } from 'vitest';

type CognitoAnswer = { __type?: string } & Record<string, unknown>;

/**
 * An endpoint that answers every call of Cognito's with this, or with what it says to the operation of this name; an
 * answer with a `__type` is that error. The keys of its tokens are the emulator's.
 */
export async function fakeCognito(answer: CognitoAnswer | ((operation: string) => CognitoAnswer)): Promise<string> {
  const server = createServer(async (req, res) => {
    if (req.method === 'GET') {
      const keys = await fetch(`${inject('environment').AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER}${req.url}`);
      return res.end(await keys.text());
    }
    const operation = String(req.headers['x-amz-target']).split('.')[1] ?? '';
    const said = typeof answer === 'function' ? answer(operation) : answer;
    res.writeHead(said.__type ? 400 : 200, { 'Content-Type': 'application/x-amz-json-1.1' }).end(JSON.stringify(said));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
