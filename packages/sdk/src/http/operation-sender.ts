import type { ClientOptions } from '../options.ts';
import { cookieFetch } from '../session/cookie-fetch.ts';
import type { CookieJar } from '../session/cookie-jar.ts';
import { inSession } from '../session/session.ts';
import { type Request, withRetries } from './retry.ts';
import { attempts } from './send-request.ts';

/** The one way to the API: every method of a client ends here. */
export function createRequest(options: ClientOptions, jar: CookieJar): Request {
  // Looked up at every call, so that what replaces the global `fetch` later is used.
  const { baseUrl, headers, token, fetch = (url, init) => globalThis.fetch(url, init) } = options;
  const base = baseOf(baseUrl);
  const prepare = attempts(base, cookieFetch(fetch, jar), options);
  const own = new Headers(headers);
  // With credentials of the caller's own, a refresh would not change what is sent, but use up its refresh token.
  const hasOwn = token || own.has('authorization') || own.has('cookie');
  return withRetries(hasOwn ? prepare : inSession(prepare, base, options), options);
}

/** Throws for what is no address, or is one of another kind, as `localhost:8000` is. */
function baseOf(baseUrl: string): string {
  // The cast: outside a browser there is no location, in types or in truth, and a relative base is refused here.
  const page = (globalThis as { location?: { href: string } }).location?.href;
  const url = URL.canParse(baseUrl, page) && new URL(baseUrl, page);
  if (url && /^https?:$/.test(url.protocol)) return url.origin + url.pathname.replace(/\/+$/, '');
  throw new TypeError(`baseUrl must be an http or https URL, not '${baseUrl}'`);
}
