import type { Problem } from '@async-chatbot/shared/problem';
import type { OperationId } from '../operation.ts';

/** A request, independent of the host: Express, `fetch` or a cloud function. */
export interface HttpRequest {
  method: string;
  /** Without the query string. */
  path: string;
  /** A repeated parameter has a list of values. */
  query: Readonly<Record<string, string | string[] | undefined>>;
  /** Names are lowercase. */
  headers: Readonly<Record<string, string | undefined>>;
  /** As the host's parser returns them; values are not always strings. */
  cookies: Readonly<Record<string, unknown>>;
  /** The client's IP address, for rate limits. */
  address?: () => string | undefined;
  /** The parsed JSON body; undefined without a body. Throws a 400, 413 or 415. */
  readBody(): Promise<unknown>;
  /** Aborted when the client disconnects or the response ends. Called only by requests that wait for a bot. */
  signal: () => AbortSignal;
}

export interface HttpResponse {
  status: number;
  headers: [name: string, value: string][];
  /** A string, or a stream that ends when the request's signal is aborted. If it throws, the host closes the connection. */
  body: string | AsyncIterable<string>;
  /** Text to send at intervals while the body emits nothing. */
  heartbeat?: string;
}

export interface TextResponse extends HttpResponse {
  body: string;
}

/** What the host logs about a request. The host sets the id, the pipeline the rest. */
export interface RequestRecord {
  readonly requestId: string;
  operationId?: OperationId | undefined;
  userId?: string | undefined;
  problem?: Problem | undefined;
  /** The rules of the contract that the response violates, without its values. */
  violation?: string | undefined;
}

/** Responds to a request. Never rejects. */
export type Handle = (request: HttpRequest, record: RequestRecord) => Promise<HttpResponse>;
