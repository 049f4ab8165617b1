import { Problem } from '@async-chatbot/shared/problem';
import type { ProblemCode } from '@async-chatbot/shared/problems';
import type { Session } from '../ports/identity.ts';
import type { HttpRequest, HttpResponse } from './handle.ts';

export interface CookieConfig {
  /** Whether the site is served over HTTPS. Adds `Secure` and the `__Host-` prefix. */
  secure: boolean;
  /** `none` is for pages on another site; it requires `secure` and a list of allowed origins. */
  sameSite: 'lax' | 'none';
}

/** Cognito's default lifetime of a refresh token. An access token carries its own expiry. */
const LIFETIME_SECONDS = 30 * 24 * 60 * 60;

const PARTS = ['accessToken', 'refreshToken'] as const;

const ENDS_SESSION: ReadonlySet<ProblemCode> = new Set(['refresh-reused', 'session-expired']);

/** A session in two `HttpOnly` cookies (RFC 6265), one per token. */
export function sessionCookie({ secure, sameSite }: CookieConfig, now: () => Date) {
  const prefix = secure ? '__Host-' : '';
  const names = { accessToken: `${prefix}access_token`, refreshToken: `${prefix}refresh_token` } as const;
  const attributes = `HttpOnly;${secure ? ' Secure;' : ''} SameSite=${sameSite === 'none' ? 'None' : 'Lax'}`;

  return {
    /** Without a cookie that is sent twice, as when a parent domain has set one of the same name. */
    read: ({ cookies, headers }: HttpRequest): Session => ({
      accessToken: isRepeated(names.accessToken, headers) ? undefined : textOf(cookies[names.accessToken]),
      refreshToken: isRepeated(names.refreshToken, headers) ? undefined : textOf(cookies[names.refreshToken]),
    }),

    /** Throws `ambiguous-credentials` if the access cookie is sent twice. */
    assertNotRepeated({ headers }: HttpRequest): void {
      if (isRepeated(names.accessToken, headers)) throw repeatedCookie(names.accessToken);
    },

    /** Clears the cookies after a problem that ends the session. */
    headersAfter: (code: ProblemCode): HttpResponse['headers'] => (ENDS_SESSION.has(code) ? headers(null) : []),

    headers,
  };

  /** Sets the cookies; null clears them, with the attributes they were set with; undefined does nothing. */
  function headers(session: Session | null | undefined): HttpResponse['headers'] {
    if (session === undefined) return [];
    return PARTS.map((part) => ['Set-Cookie', cookieOf(names[part], session?.[part])]);
  }

  function cookieOf(name: string, token: string | undefined): string {
    if (!token) return `${name}=; Path=/; Expires=${new Date(0).toUTCString()}; ${attributes}`;
    const expires = new Date(now().getTime() + LIFETIME_SECONDS * 1000).toUTCString();
    return `${name}=${encodeURIComponent(token)}; Max-Age=${LIFETIME_SECONDS}; Path=/; Expires=${expires}; ${attributes}`;
  }
}

export type SessionCookie = ReturnType<typeof sessionCookie>;

function isRepeated(name: string, { cookie = '' }: HttpRequest['headers']): boolean {
  const first = cookie.indexOf(`${name}=`);
  if (first < 0 || cookie.indexOf(`${name}=`, first + 1) < 0) return false;
  return cookie.split(';').filter((pair) => pair.trimStart().startsWith(`${name}=`)).length > 1;
}

const repeatedCookie = (name: string) =>
  new Problem('ambiguous-credentials', {
    detail: `The request has two cookies named ${name}. Delete the one set for the parent domain or path.`,
  });

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
