import type { Next } from '../http/middleware.ts';
import type { Fetch } from '../options.ts';
import type { CookieJar } from './cookie-jar.ts';

/**
 * Sends by `fetch`, and keeps cookies where the platform does not. A browser hides `Set-Cookie` and keeps them itself:
 * there the jar stays empty and nothing is added.
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
