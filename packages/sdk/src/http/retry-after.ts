import { parseDateOrSeconds } from './parse-date-or-seconds.ts';

/** Returns the delay of a `Retry-After` header, which holds seconds or a date (RFC 9110, section 10.2.3), in seconds. */
export function retryAfterSeconds(headers: Headers): number | undefined {
  const timeMs = parseDateOrSeconds(headers.get('retry-after') ?? '');
  return timeMs && Math.max(0, Math.ceil((timeMs - Date.now()) / 1000));
}
