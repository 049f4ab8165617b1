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
        const { name, origin, path } = cookie;
        held = [...held.filter((each) => each.name !== name || each.origin !== origin || each.path !== path), cookie];
      }
    },

    header(url) {
      const { origin, pathname } = new URL(url);
      const sent = cookies().filter(
        ({ path, ...each }) =>
          each.origin === origin && (path === pathname || pathname.startsWith(path.replace(/\/?$/, '/'))),
      );
      // The most specific path first (RFC 6265, section 5.4): servers take the first of two cookies with one name.
      const sorted = sent.sort((one, other) => other.path.length - one.path.length);
      return sorted.map(({ name, value }) => `${name}=${value}`).join('; ');
    },

    cookies,
  };
}

/** Origins where nobody on the way can read or change what goes there: https, or this machine. */
const TRUSTWORTHY = /^https:|\/(.+\.)?(localhost|127[.\d]+|\[::1])(:\d+)?$/;
