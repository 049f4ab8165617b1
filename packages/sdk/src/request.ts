import { operations } from '@async-chatbot/api-spec/operations';
import { readAnswer } from './answer.ts';
import { ConnectionError } from './connection-error.ts';
import { cookieFetch } from './cookie-fetch.ts';
import type { OperationCaller, OperationId } from './operation.ts';
import { operationUrl, type UrlParameters } from './operation-url.ts';
import type { CallOptions, ClientOptions, Fetch } from './options.ts';

interface AnyInput extends UrlParameters, CallOptions {
  readonly header?: object;
  readonly body?: unknown;
}

/** The one way to the API: every method of a client ends here. */
export function createRequest({ baseUrl, headers, fetch = globalFetch }: ClientOptions): OperationCaller {
  const base = baseOf(baseUrl);
  const send = cookieFetch(fetch);

  async function request(id: OperationId, input: AnyInput = {}): Promise<unknown> {
    const { method, path } = operations[id];
    const url = operationUrl(base, path, input);
    const { response, text } = await exchange(send, url, { method, ...requestInit(input, headers) });
    return readAnswer(response, text);
  }

  // The spec says what goes in and comes out of each operation; the server checks both against it.
  return request as OperationCaller;
}

/** Throws for what is no address, or is one of another kind, as `localhost:8000` is. */
function baseOf(baseUrl: string): URL {
  // The cast: outside a browser there is no location, in types or in truth, and a relative base is refused here.
  const page = (globalThis as { location?: { href: string } }).location?.href;
  const base = URL.canParse(baseUrl, page) ? new URL(baseUrl, page) : undefined;
  if (base && /^https?:$/.test(base.protocol)) return base;
  throw new TypeError(`baseUrl must be an http or https URL, not '${baseUrl}'`);
}

function requestInit({ header = {}, body, signal }: AnyInput, clientHeaders: ClientOptions['headers']): RequestInit {
  const headers = new Headers(clientHeaders);
  for (const [name, value] of Object.entries(header)) if (value !== undefined) headers.set(name, String(value));
  headers.set('accept', 'application/json, application/problem+json');
  if (body !== undefined) headers.set('content-type', 'application/json');
  return {
    headers,
    body: body === undefined ? null : JSON.stringify(body),
    signal: signal ?? null,
    credentials: 'include',
    // The API never redirects; whoever does must not be given the session.
    redirect: 'error',
  };
}

async function exchange(send: Fetch, url: string, init: RequestInit) {
  try {
    const response = await send(url, init);
    return { response, text: await response.text() };
  } catch (cause) {
    init.signal?.throwIfAborted();
    throw new ConnectionError(`No answer to ${init.method} ${url.replace(/\?.*/, '')}`, cause);
  }
}

/** Looked up at every call, so that what replaces the global `fetch` later is used. */
function globalFetch(url: string, init: RequestInit): Promise<Response> {
  return globalThis.fetch(url, init);
}
