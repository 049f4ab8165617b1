import { brand } from './brand.ts';
import { ConnectionError } from './connection-error.ts';

/** Nothing came for as long as `timeoutMs` says. */
export class TimeoutError extends ConnectionError {
  static {
    brand(TimeoutError, 'TimeoutError');
  }
}
