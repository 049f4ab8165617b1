import type { ClientOptions } from '../options.ts';
import { cookieFetch } from '../session/cookie-fetch.ts';
import type { CookieJar } from '../session/cookie-jar.ts';
import { withSession } from '../session/session.ts';
import { type SendOperation, withRetries } from './retry.ts';
import { requestPreparer } from './send-request.ts';

/** The pipeline of every call: retries around the session around the middleware around `fetch` with cookies. */
export function operationSender(options: ClientOptions, jar: CookieJar): SendOperation {
  // Looked up at each request, so that a later replacement of the global `fetch` is used.
  const { baseUrl, headers, token, fetch = (url, init) => globalThis.fetch(url, init) } = options;
  const base = parseBaseUrl(baseUrl);
  const prepareRequest = requestPreparer(base, cookieFetch(fetch, jar), options);
  const clientHeaders = new Headers(headers);
  // A refresh would not change these credentials, but use up the refresh token.
  const hasOwnCredentials = token || clientHeaders.has('authorization') || clientHeaders.has('cookie');
  return withRetries(hasOwnCredentials ? prepareRequest : withSession(prepareRequest, base, options), options);
}

/** Rejects other protocols too: `localhost:8000` is a URL of the protocol `localhost:`. */
function parseBaseUrl(baseUrl: string): string {
  // The cast: without a page there is no `location`, and a relative URL is rejected.
  const page = (globalThis as { location?: { href: string } }).location?.href;
  const url = URL.canParse(baseUrl, page) && new URL(baseUrl, page);
  if (url && /^https?:$/.test(url.protocol)) return url.origin + url.pathname.replace(/\/+$/, '');
  throw new TypeError(`baseUrl must be an http or https URL, not '${baseUrl}'`);
}
