import { brand } from './brand.ts';

/** There was no response, or only part of one: connection refused or reset, unknown host, or blocked by CORS. */
export class ConnectionError extends Error {
  static {
    brand(ConnectionError, 'ConnectionError');
  }

  /** What `fetch` or the body rejected with, or why the body is incomplete. */
  declare readonly cause: unknown;
}
