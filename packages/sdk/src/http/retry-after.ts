import { momentMs } from './parse-date-or-seconds.ts';

/** The seconds of a `Retry-After` header, which tells them or a date (RFC 9110, section 10.2.3). */
export function retryAfterSeconds(headers: Headers): number | undefined {
  const moment = momentMs(headers.get('retry-after') ?? '');
  return moment && Math.max(0, Math.ceil((moment - Date.now()) / 1000));
}
