import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { components } from '@async-chatbot/api-spec';
import { USER } from './canned.ts';

type Schemas = components['schemas'];

/** The two operations that need a database. */
export interface Storage {
  list(): Promise<Schemas['MessagePage']>;
  send(draft: Schemas['MessageDraft']): Promise<Schemas['Exchange']>;
}

/** A minimal handler for the four requests: no router, no validation, no log, and only the two required headers. */
export function byHand({ list, send }: Storage): RequestListener {
  const users = new Map([[process.env.ACCESS_TOKEN, USER]]);

  return async function byHand(req, res) {
    if (req.url === '/health') return respond(res, 200, { status: 'OK' });
    const user = users.get(req.headers.cookie?.match(/access_token=([^;]+)/)?.[1]);
    if (!user) return respond(res, 401, { code: 'unauthenticated' });
    if (req.url === '/users/me') return respond(res, 200, user);
    if (req.method === 'GET') return respond(res, 200, await list());
    respond(res, 201, await send(JSON.parse(await textOf(req))));
  };
}

function respond(res: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  res.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) }).end(text);
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
