import { brand } from './brand.ts';

/** There was no answer, or only part of one: refused, reset, no such host, redirected, or blocked by CORS. */
export class ConnectionError extends Error {
  static {
    brand(ConnectionError, 'ConnectionError');
  }

  /** What `fetch` rejected with. */
  declare readonly cause: unknown;

  constructor(message: string, cause: unknown) {
    super(message, { cause });
  }
}
