import { Problem } from '@async-chatbot/shared/problem';
import type { HttpRequest } from './handle.ts';

/** Safe methods change nothing (RFC 9110, section 9.2.1). */
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses requests that a page of another site makes a browser send, with its cookies. SameSite is not enough: another port
 * or a sibling host is the same site. Decides by Fetch Metadata, and by `Origin` for browsers without it; a client that
 * sends neither is not a browser (OWASP CSRF Prevention).
 */
export function csrfCheck(allowedOrigins: readonly string[]): (request: HttpRequest) => void {
  return function checkCsrf({ method, headers }) {
    if (SAFE.has(method)) return;
    const { origin, host, 'sec-fetch-site': site } = headers;
    const isAllowed = origin !== undefined && allowedOrigins.includes(origin);
    const isOwn = site === undefined ? origin === undefined || hostOf(origin) === host : OWN_SITES.has(site);
    if (!isAllowed && !isOwn) throw new Problem('cross-site-request');
  };
}

/** `none` is what users start themselves, such as sending a form again. */
const OWN_SITES = new Set(['same-origin', 'none']);

const hostOf = (origin: string): string | undefined => (URL.canParse(origin) ? new URL(origin).host : undefined);
