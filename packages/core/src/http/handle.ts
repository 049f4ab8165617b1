import type { Problem } from '@async-chatbot/shared/problem';
import type { OperationId } from '../operation.ts';

/** A request without its host: Express, `fetch`, a cloud function. */
export interface HttpRequest {
  method: string;
  /** Without the query. */
  path: string;
  /** A repeated name has a list of values. */
  query: Readonly<Record<string, string | string[] | undefined>>;
  /** Names are in lower case. */
  headers: Readonly<Record<string, string | undefined>>;
  /** As the host's parser returns them; a value may not be a string. */
  cookies: Readonly<Record<string, unknown>>;
  /** The client's IP address, for rate limits. */
  address?: () => string | undefined;
  /** The parsed JSON body; undefined without a body. Throws a 400, 413 or 415. */
  readBody(): Promise<unknown>;
  /** Aborted once the client has left or the response is over. */
  signal: () => AbortSignal;
}

export interface HttpResponse {
  status: number;
  headers: [name: string, value: string][];
  /** A string, or a stream that ends once the request's signal is aborted. If it throws, the host cuts the connection. */
  body: string | AsyncIterable<string>;
  /** Sent while the body is silent. */
  heartbeat?: string;
}

export interface TextResponse extends HttpResponse {
  body: string;
}

/** What the host logs. It sets the id; the pipeline adds the rest. */
export interface RequestRecord {
  readonly requestId: string;
  operationId?: OperationId | undefined;
  userId?: string | undefined;
  problem?: Problem | undefined;
  /** The rules of the contract that the response breaks, without its values. */
  violation?: string | undefined;
}

/** Responds to a request. Never rejects. */
export type Handle = (request: HttpRequest, record: RequestRecord) => Promise<HttpResponse>;
