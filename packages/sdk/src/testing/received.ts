import type { OperationId } from '../http/operation.ts';

/**
 * A request that the mock server received.
 *
 * @example
 * const sends = server.requests.filter(({ operationId }) => operationId === 'sendMessage');
 */
export interface MockRequest {
  /** The operation; `undefined` if the OpenAPI document does not have the path and method. */
  readonly operationId: OperationId | undefined;
  /** The HTTP method. */
  readonly method: string;
  /** The path after the base URL, with the query. */
  readonly path: string;
  /** The headers. Their names are in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed JSON, or the text if it is not JSON; `undefined` without a body. */
  readonly body: unknown;
}

/** A request as `fetch` received it. */
export interface Received {
  method: string;
  url: URL;
  headers: Headers;
  bytes: Uint8Array<ArrayBuffer>;
  credentials: NonNullable<RequestInit['credentials']>;
  signal: AbortSignal | undefined;
}

/** Reads the arguments of `fetch`. Throws the reason of the signal if it is aborted. */
export async function receive(input: string | URL | Request, init: RequestInit = {}): Promise<Received> {
  const original = isRequest(input) ? input : undefined;
  // Not passed to `Request`: that of another realm, such as jsdom's, and of some platforms does not accept them.
  const {
    signal = original?.signal,
    credentials = original?.credentials ?? 'same-origin',
    redirect: _,
    ...plain
  } = init;
  signal?.throwIfAborted();
  const request = original && Object.keys(plain).length === 0 ? original : new Request(input, plain);
  const { method, url, headers } = request;
  const bytes = new Uint8Array(await request.arrayBuffer());
  // A copy, because pages cannot set cookies in the headers of a request.
  return { method, url: new URL(url), headers: new Headers(headers), bytes, credentials, signal: signal ?? undefined };
}

/** Checks properties rather than `instanceof`, because the request may come from another realm. */
const isRequest = (input: string | URL | Request): input is Request => typeof input === 'object' && 'url' in input;

export function toMockRequest(
  { method, headers, bytes }: Received,
  path: string,
  operationId: OperationId | undefined,
): MockRequest {
  const text = new TextDecoder().decode(bytes);
  return { operationId, method, path, headers: Object.fromEntries(headers), body: text ? parsed(text) : undefined };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
