import { type Cookie, parseSetCookie } from './set-cookie.ts';

/** Keeps the cookies of a session in memory. */
export interface CookieJar {
  /** Takes the `Set-Cookie` headers of an answer from `url`. */
  store(url: string, headers: readonly string[]): void;
  /** The `Cookie` header for a request to `url`; `undefined` if there is nothing to send. */
  header(url: string): string | undefined;
}

/**
 * A jar that sends a cookie to nobody but the origin that set it. The rules of `__Host-` and `__Secure-` are not
 * checked: they keep other origins from planting a cookie, and no other origin reaches this jar.
 */
export function cookieJar(): CookieJar {
  let cookies: readonly Cookie[] = [];

  return {
    store(url, headers) {
      const target = new URL(url);
      for (const header of headers) {
        const cookie = parseSetCookie(header, target);
        if (!cookie || (cookie.secure && !isTrustworthy(target))) continue;
        cookies = [...cookies.filter((other) => !isSame(other, cookie)), cookie];
      }
    },

    header(url) {
      const { origin, pathname } = new URL(url);
      cookies = cookies.filter((cookie) => cookie.expiresAt > Date.now());
      const sent = cookies.filter((cookie) => cookie.origin === origin && isWithin(cookie.path, pathname));
      // The most specific path first (RFC 6265, section 5.4): servers take the first of two cookies with one name.
      const sorted = sent.sort((one, other) => other.path.length - one.path.length);
      return sorted.map(({ name, value }) => `${name}=${value}`).join('; ') || undefined;
    },
  };
}

/** Whether nobody on the way can read or change what goes there (https, or this machine). */
function isTrustworthy({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || /^(.+\.)?localhost$|^127(\.\d+){3}$|^\[::1\]$/.test(hostname);
}

function isSame(one: Cookie, other: Cookie): boolean {
  return one.name === other.name && one.origin === other.origin && one.path === other.path;
}

function isWithin(path: string, pathname: string): boolean {
  return pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`);
}
