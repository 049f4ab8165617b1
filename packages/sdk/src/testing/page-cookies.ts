import type { HttpResponse } from '@async-chatbot/core/http/handle';
import { type CookieJar, cookieJar } from '../session/cookie-jar.ts';
import type { Received } from './received.ts';

/**
 * The cookies of the page, where a page runs the mock: there a script can neither read `Set-Cookie`, not even in a response
 * that it creates, nor send `Cookie`. Elsewhere clients store cookies themselves, and there are none here.
 */
export function pageCookies() {
  let jar: CookieJar = cookieJar();

  return {
    /** The request as a browser would send it. */
    withCookies(request: Received): Received {
      const cookie = isCredentialed(request) ? jar.header(request.url.href) : '';
      if (cookie && !request.headers.has('cookie')) request.headers.set('cookie', cookie);
      return request;
    },

    store(url: URL, headers: HttpResponse['headers'], response: Response): void {
      if (response.headers.has('set-cookie')) return;
      const set = headers.filter(([name]) => name === 'Set-Cookie').map(([, value]) => value);
      jar.store(url.href, set);
    },

    clear(): void {
      jar = cookieJar();
    },
  };
}

function isCredentialed({ credentials, url }: Received): boolean {
  // The cast: outside a browser there is no location, in types or at run time.
  const { location } = globalThis as { location?: { origin: string } };
  return credentials === 'include' || (credentials === 'same-origin' && location?.origin === url.origin);
}
