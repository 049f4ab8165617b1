import { Problem } from '@async-chatbot/shared/problem';
import type { ProblemCode } from '@async-chatbot/shared/problems';
import type { Session } from '../ports/identity.ts';
import { namesInUse, partNames, textOf, toParts } from './cookie-parts.ts';
import type { HttpRequest, HttpResponse } from './handle.ts';

export interface CookieConfig {
  /** Whether the site is served over HTTPS. Adds `Secure` and the `__Host-` prefix. */
  secure: boolean;
  /** `none` is for pages on another site; it requires `secure` and a list of allowed origins. */
  sameSite: 'lax' | 'none';
}

/** Cognito's default lifetime of a refresh token. An access token carries its own expiry. */
const LIFETIME_SECONDS = 30 * 24 * 60 * 60;

const TOKENS = ['accessToken', 'refreshToken'] as const;

type WithCookies = Pick<HttpRequest, 'cookies'>;

const ENDS_SESSION: ReadonlySet<ProblemCode> = new Set(['refresh-reused', 'session-expired']);

/** A session in `HttpOnly` cookies (RFC 6265): one per token, or several for a long token. */
export function sessionCookie({ secure, sameSite }: CookieConfig, now: () => Date) {
  const prefix = secure ? '__Host-' : '';
  const names = { accessToken: partNames(`${prefix}access_token`), refreshToken: partNames(`${prefix}refresh_token`) };
  const attributes = `HttpOnly;${secure ? ' Secure;' : ''} SameSite=${sameSite === 'none' ? 'None' : 'Lax'}`;

  return {
    /**
     * A token of the session. Undefined without one, or if a cookie is sent twice, as when a parent domain has set one of the
     * same name.
     */
    read: (request: HttpRequest, token: (typeof TOKENS)[number]): string | undefined => tokenIn(request, names[token]),

    /** Throws `ambiguous-credentials` if the access cookie is sent twice. */
    assertNotRepeated({ cookies, headers }: HttpRequest): void {
      const repeated = namesInUse(names.accessToken, cookies).find((name) => isRepeated(name, headers));
      if (repeated) throw repeatedCookie(repeated);
    },

    /** Clears the cookies after a problem that ends the session. */
    headersAfter: (code: ProblemCode, request: WithCookies): HttpResponse['headers'] =>
      ENDS_SESSION.has(code) ? headers(null, request) : [],

    headers,
  };

  /** Sets the cookies; null clears them, with the attributes they were set with; undefined does nothing. */
  function headers(session: Session | null | undefined, { cookies }: WithCookies): HttpResponse['headers'] {
    if (session === undefined) return [];
    return TOKENS.flatMap((token) => {
      const parts = toParts(session?.[token] ?? '');
      // Clears the cookies of an earlier, longer token that the client still has.
      return names[token]
        .map((name, index): [string, string | undefined] => [name, parts[index]])
        .filter(([name, part], index) => index === 0 || part !== undefined || name in cookies)
        .map(([name, part]): [string, string] => ['Set-Cookie', cookieOf(name, part)]);
    });
  }

  function cookieOf(name: string, part: string | undefined): string {
    if (!part) return `${name}=; Path=/; Expires=${new Date(0).toUTCString()}; ${attributes}`;
    const expires = new Date(now().getTime() + LIFETIME_SECONDS * 1000).toUTCString();
    return `${name}=${encodeURIComponent(part)}; Max-Age=${LIFETIME_SECONDS}; Path=/; Expires=${expires}; ${attributes}`;
  }
}

export type SessionCookie = ReturnType<typeof sessionCookie>;

function tokenIn({ cookies, headers }: HttpRequest, names: readonly string[]): string | undefined {
  const inUse = namesInUse(names, cookies);
  if (inUse.length === 0 || inUse.some((part) => isRepeated(part, headers))) return undefined;
  return inUse.map((part) => textOf(cookies[part])).join('');
}

function isRepeated(name: string, { cookie = '' }: HttpRequest['headers']): boolean {
  const start = `${name}=`;
  const end = cookie.indexOf(';', cookie.indexOf(start));
  // Most cookies stand in the header once.
  if (end < 0 || cookie.indexOf(start, end) < 0) return false;
  return cookie.split(';').filter((pair) => pair.trimStart().startsWith(`${name}=`)).length > 1;
}

const repeatedCookie = (name: string) =>
  new Problem('ambiguous-credentials', {
    detail: `The request has two cookies named ${name}. Delete the one set for the parent domain or path.`,
  });
