import { brand } from './brand.ts';
import { ConnectionError } from './connection-error.ts';

/** No data arrived within `timeoutMs`. */
export class TimeoutError extends ConnectionError {
  static {
    brand(TimeoutError, 'TimeoutError');
  }
}
