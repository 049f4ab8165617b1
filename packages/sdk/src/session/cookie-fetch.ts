import type { Next } from '../http/middleware.ts';
import type { Fetch } from '../options.ts';
import type { CookieJar } from './cookie-jar.ts';

/**
 * Sends requests through `fetch` with the cookies of the jar. In browsers the jar stays empty, because they hide `Set-Cookie`
 * and store cookies themselves.
 */
export function cookieFetch(fetch: Fetch, jar: CookieJar): Next {
  return async function fetchWithCookies(request) {
    const { url, headers } = request;
    const cookie = jar.header(url);
    if (cookie && !headers.has('cookie')) headers.set('cookie', cookie);
    const response = await fetch(url, request);
    jar.store(url, response.headers.getSetCookie());
    return response;
  };
}
