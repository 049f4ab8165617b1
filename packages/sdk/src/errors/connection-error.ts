import { brand } from './brand.ts';

/** There was no answer, or only part of one: refused, reset, no such host, or blocked by CORS. */
export class ConnectionError extends Error {
  static {
    brand(ConnectionError, 'ConnectionError');
  }

  /** What `fetch` or the body of its answer rejected with, or how the body was not whole. */
  declare readonly cause: unknown;
}
