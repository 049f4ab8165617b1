import { attempts } from './attempt.ts';
import { cookieFetch } from './cookie-fetch.ts';
import type { OperationCaller } from './operation.ts';
import type { ClientOptions } from './options.ts';
import { withRetries } from './retry.ts';
import { inSession, withoutSession } from './session.ts';

/** The one way to the API: every method of a client ends here. */
export function createRequest(options: ClientOptions): OperationCaller {
  const { baseUrl, headers, fetch = globalFetch, maxRetries } = options;
  const base = baseOf(baseUrl);
  const prepare = attempts(base, cookieFetch(fetch), headers);
  const request = hasCredentials(headers) ? withoutSession(prepare) : inSession(prepare, base, options);
  // The spec says what goes in and comes out of each operation; the server checks both against it.
  return withRetries(request, maxRetries) as OperationCaller;
}

/** Throws for what is no address, or is one of another kind, as `localhost:8000` is. */
function baseOf(baseUrl: string): URL {
  // The cast: outside a browser there is no location, in types or in truth, and a relative base is refused here.
  const page = (globalThis as { location?: { href: string } }).location?.href;
  const base = URL.canParse(baseUrl, page) ? new URL(baseUrl, page) : undefined;
  if (base && /^https?:$/.test(base.protocol)) return base;
  throw new TypeError(`baseUrl must be an http or https URL, not '${baseUrl}'`);
}

/** A token or a cookie of the caller's own: a refresh would not change what is sent, but use up its refresh token. */
function hasCredentials(headers: ClientOptions['headers']): boolean {
  const own = new Headers(headers);
  return own.has('authorization') || own.has('cookie');
}

/** Looked up at every call, so that what replaces the global `fetch` later is used. */
function globalFetch(url: string, init: RequestInit): Promise<Response> {
  return globalThis.fetch(url, init);
}
