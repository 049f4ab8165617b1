import { hash } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { USER } from './canned.ts';
import { chosenDeltas } from './deltas.ts';
import { type Storage, storageByHand } from './storage.ts';
import { eventsOf } from './turn.ts';

/** What the log line says about a request. */
export interface LogRecord {
  requestId: string;
  operation: string;
  user: KnownUser | undefined;
}

interface KnownUser {
  id: string;
  /** Logged instead of the id. */
  hash: string;
}

export type MediaType = 'application/json' | 'text/event-stream';

/** What differs between the bare servers. */
export interface Edge {
  /** Called first. */
  begin(req: IncomingMessage, res: ServerResponse): LogRecord;
  /** The headers of a response except for its length: alternating names and values. */
  headersOf(req: IncomingMessage, record: LogRecord, type: MediaType): string[];
}

/** A minimal handler for the benchmark's requests: no router and no validation. The tokens are known. */
export function byHand({ begin, headersOf }: Edge, { list, send, finish }: Storage = storageByHand()): RequestListener {
  const users = knownUsers();

  return async function byHand(req, res) {
    const record = begin(req, res);
    if (req.url === '/health') {
      record.operation = 'getHealth';
      return respond(200, { status: 'OK' });
    }
    record.user = users.get(req.headers.cookie?.match(/access_token=([^;]+)/)?.[1]);
    if (!record.user) return respond(401, { code: 'unauthenticated' });
    const userId = record.user.id;
    if (req.url === '/users/me') {
      record.operation = 'getCurrentUser';
      return respond(200, { user_id: userId, email: USER.email });
    }
    if (req.method === 'GET') {
      record.operation = 'listMessages';
      return respond(200, await list(userId));
    }
    record.operation = 'sendMessage';
    const { content } = JSON.parse(await textOf(req));
    const id_conversation = req.url?.split('id_conversation=')[1];
    // The cast: Node joins repeated headers.
    const draft = { userId, content, id_conversation, key: req.headers['idempotency-key'] as string | undefined };
    if (req.headers.accept !== 'text/event-stream') return respond(201, await send(draft));
    const exchange = await send(draft, true);
    res.writeHead(201, headersOf(req, record, 'text/event-stream'));
    for await (const event of eventsOf(exchange, chosenDeltas, finish)) res.write(event);
    res.end();

    function respond(status: number, body: unknown): void {
      const text = JSON.stringify(body);
      const headers = headersOf(req, record, 'application/json');
      headers.push('Content-Length', `${Buffer.byteLength(text)}`);
      res.writeHead(status, headers).end(text);
    }
  };
}

function knownUsers(): Map<string | undefined, KnownUser> {
  const tokens = process.env.ACCESS_TOKENS?.split(' ') ?? [];
  return new Map(
    tokens.map((token) => {
      const { sub } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
      return [token, { id: sub, hash: hash('sha256', sub).slice(0, 16) }];
    }),
  );
}

/** Reads the body of a request or a response as text. */
export function textOf(message: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    message
      .setEncoding('utf8')
      .on('data', (chunk: string) => {
        text += chunk;
      })
      .on('end', () => resolve(text))
      .on('error', reject);
  });
}
