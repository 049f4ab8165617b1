import { type Cookie, parseSetCookie } from './set-cookie.ts';

/** Stores the cookies of a session in memory. */
export interface CookieJar {
  /** Stores the cookies in the `Set-Cookie` headers of a response from `url`. */
  store(url: string, headers: readonly string[]): void;
  /** Returns the `Cookie` header for a request to `url`; empty if no cookie matches. */
  header(url: string): string;
  /** Returns all cookies that have not expired. */
  cookies(): readonly Cookie[];
}

/**
 * Creates a jar that sends a cookie only to the origin that set it. It ignores the rules for `__Host-` and `__Secure-`, which
 * prevent other origins from setting a cookie: here, they cannot set one anyway.
 */
export function cookieJar(stored: readonly Cookie[] = []): CookieJar {
  const cookies = () => stored.filter(({ expiresAt }) => expiresAt === undefined || expiresAt > Date.now());

  return {
    store(url, headers) {
      const target = new URL(url);
      for (const header of headers) {
        const cookie = parseSetCookie(header, target);
        if (!cookie || (cookie.secure && !TRUSTWORTHY.test(target.origin))) continue;
        stored = [...stored.filter((each) => keyOf(each) !== keyOf(cookie)), cookie];
      }
    },

    header(url) {
      const { origin, pathname } = new URL(url);
      const isWithin = (path: string) => pathname === path || pathname.startsWith(path.replace(/\/?$/, '/'));
      const sent = cookies().filter((cookie) => cookie.origin === origin && isWithin(cookie.path));
      // The most specific path first (RFC 6265, section 5.4): servers take the first of two cookies with one name.
      const sorted = sent.sort((one, other) => other.path.length - one.path.length);
      return sorted.map(({ name, value }) => `${name}=${value}`).join('; ');
    },

    cookies,
  };
}

/** A cookie replaces an earlier one with the same key. */
function keyOf({ name, origin, path }: Cookie): string {
  return [name, origin, path].join('\n');
}

/** Origins whose traffic cannot be read or changed on the network: https, or this machine. */
const TRUSTWORTHY = /^https:|\/(.+\.)?(localhost|127[.\d]+|\[::1])(:\d+)?$/;
