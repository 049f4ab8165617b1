import { cookieJar } from './cookie-jar.ts';
import type { Fetch } from './options.ts';

/**
 * A `fetch` that keeps cookies where the platform does not. A browser hides `Set-Cookie` and keeps them itself: there
 * the jar stays empty and nothing is added.
 */
export function cookieFetch(fetch: Fetch): Fetch {
  const jar = cookieJar();

  return async function fetchWithCookies(url, init) {
    const headers = new Headers(init.headers);
    const cookie = jar.header(url);
    if (cookie && !headers.has('cookie')) headers.set('cookie', cookie);
    const response = await fetch(url, { ...init, headers });
    // Older browsers do not have the method.
    jar.store(url, response.headers.getSetCookie?.() ?? []);
    return response;
  };
}
