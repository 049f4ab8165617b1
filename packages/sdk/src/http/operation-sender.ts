import type { ClientOptions } from '../options.ts';
import { cookieFetch } from '../session/cookie-fetch.ts';
import type { CookieJar } from '../session/cookie-jar.ts';
import { withSession } from '../session/session.ts';
import { type SendOperation, withRetries } from './retry.ts';
import { requestPreparer } from './send-request.ts';

/** Creates the pipeline of every call, from the outside in: retries, session, middleware, `fetch` with cookies. */
export function operationSender(options: ClientOptions, jar: CookieJar): SendOperation {
  // Looked up at each request, in case the global `fetch` is replaced later.
  const { baseUrl, headers, token, fetch = (url, init) => globalThis.fetch(url, init) } = options;
  const base = parseBaseUrl(baseUrl);
  const prepareRequest = requestPreparer(base, cookieFetch(fetch, jar), options);
  const clientHeaders = new Headers(headers);
  // A refresh would not change these credentials, but consume the refresh token.
  const hasOwnCredentials = token || clientHeaders.has('authorization') || clientHeaders.has('cookie');
  return withRetries(hasOwnCredentials ? prepareRequest : withSession(prepareRequest, base, options), options);
}

/** Checks the protocol too, since `localhost:8000` is a valid URL whose protocol is `localhost:`. */
function parseBaseUrl(baseUrl: string): string {
  // The cast: outside a page there is no `location`, and a relative URL is rejected.
  const page = (globalThis as { location?: { href: string } }).location?.href;
  const url = URL.canParse(baseUrl, page) && new URL(baseUrl, page);
  if (url && /^https?:$/.test(url.protocol)) return url.origin + url.pathname.replace(/\/+$/, '');
  throw new TypeError(`baseUrl must be an http or https URL, not '${baseUrl}'`);
}
