import { randomUUID } from 'node:crypto';
import type { components } from '@async-chatbot/api-spec';
import { eventParser } from '@async-chatbot/shared/event-stream';
import { expect } from 'vitest';
import { CANARY } from '../checks/canary.ts';
import { expectDocumented, operationOf } from '../checks/spec.ts';

type Message = components['schemas']['Message'];

export interface CallOptions {
  json?: unknown;
  body?: string | Uint8Array<ArrayBuffer> | ReadableStream;
  headers?: Record<string, string>;
}

export interface TestResponse {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test asserts what it expects of a body.
  body: any;
}

export type Send = (url: string, init: RequestInit) => Promise<Response>;

/** A client over real HTTP, or `send`, with a cookie jar. It checks every response against the document. */
export function connect(baseUrl: string, send: Send = fetch) {
  const jar = new Map<string, string>();

  async function call(
    method: string,
    path: string,
    { json, body, headers = {} }: CallOptions = {},
  ): Promise<TestResponse> {
    const response = await send(baseUrl + path, {
      method,
      redirect: 'error',
      headers: {
        ...(jar.size > 0 && { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') }),
        ...(json !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(json !== undefined ? { body: JSON.stringify(json) } : body !== undefined ? { body, duplex: 'half' } : {}),
    });
    for (const cookie of response.headers.getSetCookie()) store(cookie);
    const received = {
      status: response.status,
      headers: response.headers,
      body: method === 'HEAD' ? undefined : await bodyOf(response),
    };
    if (method !== 'HEAD') expectDocumented(operationOf(method, path.split('?')[0] ?? ''), response, received.body);
    return received;
  }

  function store(cookie: string): void {
    const [pair = '', ...attributes] = cookie.split('; ');
    const [name = '', value = ''] = pair.split('=', 2);
    if (attributes.includes('Expires=Thu, 01 Jan 1970 00:00:00 GMT')) jar.delete(name);
    else jar.set(name, value);
  }

  return { call, jar, baseUrl };
}

/** Parses the body: lines of JSON and the data of events become arrays. */
async function bodyOf(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  const type = response.headers.get('content-type');
  if (type === 'text/event-stream') {
    const parser = eventParser();
    return parser.push(new Uint8Array(await response.arrayBuffer())).map(({ data }) => JSON.parse(data) as unknown);
  }
  if (type !== 'application/x-ndjson') return response.json();
  const lines = (await response.text()).split('\n');
  expect(lines.pop(), 'the last line is ended').toBe('');
  return lines.map((line) => JSON.parse(line) as unknown);
}

export type Client = ReturnType<typeof connect>;

export const newCredentials = () => ({ email: `${CANARY}-${randomUUID()}@example.com`, password: `${CANARY}-1` });

/** A new user with a session. */
export async function loggedIn(baseUrl: string, send?: Send) {
  const client = connect(baseUrl, send);
  const credentials = newCredentials();
  const registration = await client.call('POST', '/users/register', { json: credentials });
  const login = await client.call('POST', '/users/login', { json: credentials });
  expect([registration, login]).toMatchObject([{ status: 201 }, { status: 200 }]);
  return { ...client, credentials };
}

/** Returns both halves of the turn. */
export async function sendMessage(
  client: Client,
  content = `${CANARY} hello`,
): Promise<{ user_message: Message; bot_response: Message }> {
  return (await client.call('POST', '/messages', { json: { content } })).body;
}
