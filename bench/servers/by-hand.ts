import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { components } from '@async-chatbot/api-spec';
import { USER } from './canned.ts';

type Schemas = components['schemas'];

/** The two operations that need a database. */
export interface Storage {
  list(): Promise<Schemas['MessagePage']>;
  send(draft: Schemas['MessageDraft']): Promise<Schemas['Exchange']>;
}

/** The least that can answer the four requests: no router, no validation, no log, no headers but the two needed. */
export function byHand({ list, send }: Storage): RequestListener {
  const users = new Map([[process.env.ACCESS_TOKEN, USER]]);

  return async function byHand(req, res) {
    if (req.url === '/health') return answer(res, 200, { status: 'OK' });
    const user = users.get(req.headers.cookie?.match(/access_token=([^;]+)/)?.[1]);
    if (!user) return answer(res, 401, { code: 'unauthenticated' });
    if (req.url === '/users/me') return answer(res, 200, user);
    if (req.method === 'GET') return answer(res, 200, await list());
    answer(res, 201, await send(JSON.parse(await textOf(req))));
  };
}

function answer(res: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  res.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) }).end(text);
}

/** The text of a message's body, whichever end received it. */
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
