import { type Cookie, parseSetCookie } from './set-cookie.ts';

/** Keeps the cookies of a session in memory. */
export interface CookieJar {
  /** Takes the `Set-Cookie` headers of an answer from `url`. */
  store(url: string, headers: readonly string[]): void;
  /** The `Cookie` header for a request to `url`; empty if there is nothing to send. */
  header(url: string): string;
  /** What it holds. */
  cookies(): readonly Cookie[];
}

/**
 * A jar that sends a cookie to nobody but the origin that set it. The rules of `__Host-` and `__Secure-` are not
 * checked: they keep other origins from planting a cookie, and no other origin reaches this jar.
 */
export function cookieJar(held: readonly Cookie[] = []): CookieJar {
  const cookies = () => held.filter(({ expiresAt }) => expiresAt === undefined || expiresAt > Date.now());

  return {
    store(url, headers) {
      const target = new URL(url);
      for (const header of headers) {
        const cookie = parseSetCookie(header, target);
        if (!cookie || (cookie.secure && !TRUSTWORTHY.test(target.origin))) continue;
        held = [...held.filter((each) => keyOf(each) !== keyOf(cookie)), cookie];
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

/** Of two cookies that are the same in this, the later takes the place of the earlier. */
function keyOf({ name, origin, path }: Cookie): string {
  return [name, origin, path].join('\n');
}

/** Origins where nobody on the way can read or change what goes there: https, or this machine. */
const TRUSTWORTHY = /^https:|\/(.+\.)?(localhost|127[.\d]+|\[::1])(:\d+)?$/;
