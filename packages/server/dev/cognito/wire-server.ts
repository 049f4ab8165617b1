import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import type { AppClient } from './app-client.ts';
import { CognitoError } from './errors.ts';
import type { Input, Operation } from './operation.ts';

interface WireOptions {
  operations: Readonly<Record<string, Operation>>;
  client: AppClient;
  jwksPath: string;
  jwks: object;
  /** Called before each response. */
  save: () => Promise<void>;
}

/** Serves Cognito's JSON protocol, with the operation's name in `X-Amz-Target`, on a free loopback port. */
export async function wireServer({ operations, client, jwksPath, jwks, save }: WireOptions): Promise<Server> {
  const server = createServer((req, res) => {
    respond(req).then(
      (body) => res.writeHead(200, HEADERS).end(JSON.stringify(body)),
      (error: unknown) => {
        const { name, message, status } = error instanceof CognitoError ? error : internalError();
        res.writeHead(status, HEADERS).end(JSON.stringify({ __type: name, message }));
      },
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;

  async function respond(req: IncomingMessage): Promise<object> {
    if (req.method === 'GET' && req.url === jwksPath) return jwks;
    const name = String(req.headers['x-amz-target']).split('.')[1] ?? '';
    const operation = Object.hasOwn(operations, name) && operations[name];
    if (!operation) throw new CognitoError('UnknownOperationException', '');
    if (name.startsWith('Admin') && !req.headers.authorization?.startsWith('AWS4-HMAC-SHA256 '))
      throw new CognitoError('MissingAuthenticationTokenException', 'Missing Authentication Token');
    const input = parse(await text(req));
    try {
      client.check(input);
      return operation(input);
    } finally {
      // Failed operations change the state too: wrong codes are counted.
      await save();
    }
  }
}

const HEADERS = { 'Content-Type': 'application/x-amz-json-1.1' };

function parse(body: string): Input {
  try {
    // The cast: a value other than an object has no fields.
    return Object(JSON.parse(body)) as Input;
  } catch {
    throw new CognitoError('SerializationException', 'The body is not JSON.');
  }
}

const internalError = () => new CognitoError('InternalErrorException', 'The emulator failed.', 500);
