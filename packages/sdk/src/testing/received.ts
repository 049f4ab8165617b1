import type { OperationId } from '../http/operation.ts';

/**
 * A request as it came.
 *
 * @example
 * const sends = server.requests.filter(({ operationId }) => operationId === 'sendMessage');
 */
export interface MockRequest {
  /** Which operation it is for; undefined if it is for none. */
  readonly operationId: OperationId | undefined;
  /** The HTTP method. */
  readonly method: string;
  /** The path behind the base, with the query. */
  readonly path: string;
  /** The headers, their names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** What the JSON says, or the text as it came; undefined without a body. */
  readonly body: unknown;
}

/** A request with all that is needed to answer it. */
export interface Received {
  method: string;
  url: URL;
  headers: Headers;
  bytes: Uint8Array<ArrayBuffer>;
  credentials: NonNullable<RequestInit['credentials']>;
  signal: AbortSignal | undefined;
}

/** Takes what `fetch` takes. */
export async function receive(input: string | URL | Request, init: RequestInit = {}): Promise<Received> {
  const given = isRequest(input) ? input : undefined;
  // Neither goes into a request of another realm, as that of jsdom, or is taken by every platform.
  const { signal = given?.signal, credentials = given?.credentials ?? 'same-origin', redirect: _, ...plain } = init;
  signal?.throwIfAborted();
  const request = given && Object.keys(plain).length === 0 ? given : new Request(input, plain);
  const { method, url, headers } = request;
  const bytes = new Uint8Array(await request.arrayBuffer());
  // A copy, since a page may set no cookie in the headers of a request.
  return { method, url: new URL(url), headers: new Headers(headers), bytes, credentials, signal: signal ?? undefined };
}

/** By what it has, since it may be of another realm. */
const isRequest = (input: string | URL | Request): input is Request => typeof input === 'object' && 'url' in input;

/** The request as a test wants to look at it. */
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
