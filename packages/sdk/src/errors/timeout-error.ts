import { brand } from './brand.ts';
import { ConnectionError } from './connection-error.ts';

/** No complete response within `timeoutMs`, or no data on a stream for that long. */
export class TimeoutError extends ConnectionError {
  static {
    brand(TimeoutError, 'TimeoutError');
  }
}
