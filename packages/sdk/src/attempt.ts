import { operations } from '@async-chatbot/api-spec/operations';
import { readAnswer } from './answer.ts';
import { ConnectionError } from './connection-error.ts';
import { mediaTypeOf } from './media-type.ts';
import type { OperationId } from './operation.ts';
import { operationUrl, type UrlParameters } from './operation-url.ts';
import type { CallOptions, ClientOptions, Fetch } from './options.ts';

/** All that any operation may take. */
export interface AnyInput extends UrlParameters, CallOptions {
  readonly header?: object;
  readonly body?: unknown;
  /** The media type of the answer, where the operation has several. */
  readonly accept?: string;
}

/** Sends a call once and reads its answer; sent again, it is the same request with the cookies of then. */
export type Attempt = () => Promise<unknown>;

/** Turns a call into a request, without sending it. */
export type Prepare = (id: OperationId, input: AnyInput) => Attempt;

/** Prepares calls of the API at `base`; `headers` go with each. */
export function attempts(base: URL, send: Fetch, headers: ClientOptions['headers']): Prepare {
  return function prepare(id, input) {
    const { method, path } = operations[id];
    const url = operationUrl(base, path, input);
    const { accept = mediaTypeOf(id) } = input;
    const init = { method, ...requestInit(accept, input, headers) };

    function lost(what: string) {
      return (cause: unknown): never => {
        input.signal?.throwIfAborted();
        throw new ConnectionError(`${what} to ${method} ${url.replace(/\?.*/, '')}`, cause);
      };
    }

    return async function attempt() {
      const response = await send(url, init).catch(lost('No answer'));
      return readAnswer(accept, response, lost('Only a part of the answer'));
    };
  };
}

function requestInit(accept: string, input: AnyInput, clientHeaders: ClientOptions['headers']): RequestInit {
  const { header = {}, body, signal } = input;
  const headers = new Headers(clientHeaders);
  for (const [name, value] of Object.entries(header)) if (value !== undefined) headers.set(name, String(value));
  headers.set('accept', `${accept}, application/problem+json`);
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
