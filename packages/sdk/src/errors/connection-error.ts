import { brand } from './brand.ts';

/** No response, or an incomplete one. The connection was refused or reset, the host is unknown, or CORS blocked the request. */
export class ConnectionError extends Error {
  static {
    brand(ConnectionError, 'ConnectionError');
  }

  /** The error with which `fetch` or the body rejected, or the reason why the body is incomplete. */
  declare readonly cause: unknown;
}
