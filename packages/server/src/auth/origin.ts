import { Problem } from '@async-chatbot/shared/problem';
import type { Request } from 'express';

/** They change nothing (RFC 9110, section 9.2.1). */
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses what a page of another site made a browser send: cookies go along with such a request, whoever wrote the page.
 * SameSite is not enough, since another port or a sibling host is the same site. After the browsers' Fetch Metadata,
 * and for those without it after `Origin`; a client that sends neither is no browser (OWASP CSRF Prevention).
 */
export function originCheck(allowedOrigins: readonly string[]): (req: Request) => void {
  return function checkOrigin({ method, headers }) {
    const { origin, host, 'sec-fetch-site': site } = headers;
    const fromAllowed = origin !== undefined && allowedOrigins.includes(origin);
    const fromHere = site === undefined ? origin === undefined || hostOf(origin) === host : OWN.has(String(site));
    if (!SAFE.has(method) && !fromAllowed && !fromHere) throw new Problem('cross-site-request');
  };
}

/** `none` is what people start themselves, such as sending a form again. */
const OWN = new Set(['same-origin', 'none']);

const hostOf = (origin: string): string | undefined => (URL.canParse(origin) ? new URL(origin).host : undefined);
