import { Problem } from '@async-chatbot/shared/problem';
import type { HttpRequest } from './handle.ts';

/** Safe methods (RFC 9110, section 9.2.1). */
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Rejects cross-origin requests from browsers with `cross-site-request`. `SameSite` cookies are not enough, since another port
 * or a sibling subdomain is the same site. Checks Fetch Metadata, or `Origin` in browsers without it; a client that sends
 * neither is not a browser (OWASP CSRF Prevention Cheat Sheet).
 */
export function csrfCheck(allowedOrigins: readonly string[]): (request: HttpRequest) => void {
  return function checkCsrf({ method, headers }) {
    if (SAFE.has(method)) return;
    const { origin, host, 'sec-fetch-site': site } = headers;
    const isAllowed = origin !== undefined && allowedOrigins.includes(origin);
    const isOwn = site === undefined ? origin === undefined || hostOf(origin) === host : OWN_SITES.has(site);
    if (isAllowed || isOwn) return;
    // Without Fetch Metadata, as over plain http, a proxy that does not forward `Host` looks like another origin.
    const detail = site === undefined && origin && URL.canParse(origin) ? comparison(origin, host) : undefined;
    throw new Problem('cross-site-request', { detail });
  };
}

/** `none` means that the user started the request, for example by reloading a form. */
const OWN_SITES = new Set(['same-origin', 'none']);

const hostOf = (origin: string): string | undefined => (URL.canParse(origin) ? new URL(origin).host : undefined);

const comparison = (origin: string, host = ''): string =>
  `The page's origin is ${new URL(origin).origin}, but the request's Host is ${host}. If a proxy is in between, it must forward ` +
  'Host. Otherwise, ask the operator to allow the origin.';
