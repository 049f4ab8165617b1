import type { OperationId } from '../http/operation.ts';

/**
 * A request that the mock server has received.
 *
 * @example
 * const sends = server.requests.filter(({ operationId }) => operationId === 'sendMessage');
 */
export interface MockRequest {
  /** The operation; undefined if the path or method is not in the contract. */
  readonly operationId: OperationId | undefined;
  /** The HTTP method. */
  readonly method: string;
  /** The path after the base URL, with the query. */
  readonly path: string;
  /** The headers, with names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed JSON, or the text if it is not JSON; undefined without a body. */
  readonly body: unknown;
}

/** A request with everything that its response needs. */
export interface Received {
  method: string;
  url: URL;
  headers: Headers;
  bytes: Uint8Array<ArrayBuffer>;
  credentials: NonNullable<RequestInit['credentials']>;
  signal: AbortSignal | undefined;
}

/** Reads the arguments of `fetch`. */
export async function receive(input: string | URL | Request, init: RequestInit = {}): Promise<Received> {
  const original = isRequest(input) ? input : undefined;
  // Not passed on: a `Request` of another realm, such as jsdom's, or of some platforms does not accept them.
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
  // A copy, since a page may set no cookie in the headers of a request.
  return { method, url: new URL(url), headers: new Headers(headers), bytes, credentials, signal: signal ?? undefined };
}

/** By its properties, since it may be of another realm. */
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
