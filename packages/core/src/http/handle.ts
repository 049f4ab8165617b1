import type { Problem } from '@async-chatbot/shared/problem';
import type { OperationId } from '../operation.ts';

/** A request as any host can give it: Express, `fetch`, a cloud function. */
export interface HttpRequest {
  method: string;
  /** Without the query. */
  path: string;
  /** A name that comes several times has several values. */
  query: Readonly<Record<string, string | string[] | undefined>>;
  /** By their names in lower case. */
  headers: Readonly<Record<string, string | undefined>>;
  /** Parsed by the host, which has a parser at hand. It may make something else than text of a value. */
  cookies: Readonly<Record<string, unknown>>;
  /** Where the request comes from, for rate limits. */
  readonly address?: string | undefined;
  /** The JSON of the body, undefined without a body. Throws a 400, 413 or 415. */
  readBody(): Promise<unknown>;
  /** Aborted once the client has left or the response is over. */
  readonly signal: AbortSignal;
}

export interface HttpResponse {
  status: number;
  headers: [name: string, value: string][];
  /** A text, or a stream that ends early once the signal of the request is aborted. When it throws, the connection is cut. */
  body: string | AsyncIterable<string>;
  /** What to send when the body is silent for long. */
  heartbeat?: string;
}

export interface TextResponse extends HttpResponse {
  body: string;
}

/** What is known of a request: its id on the way in, and for the log of the host the rest. */
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
