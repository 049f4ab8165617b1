import type { HttpResponse } from '@async-chatbot/core/http/handle';
import { type CookieJar, cookieJar } from '../session/cookie-jar.ts';
import type { Received } from './received.ts';

/**
 * Stores cookies for a mock server that runs in a browser. There, scripts can neither send `Cookie` nor read `Set-Cookie`, not
 * even in responses that they create. Elsewhere, clients store cookies themselves, and this stays empty.
 */
export function pageCookies() {
  let jar: CookieJar = cookieJar();

  return {
    /** Adds the cookies that a browser would send. */
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
  // The cast: outside a browser there is no `location`, neither in the types nor at run time.
  const { location } = globalThis as { location?: { origin: string } };
  return credentials === 'include' || (credentials === 'same-origin' && location?.origin === url.origin);
}
