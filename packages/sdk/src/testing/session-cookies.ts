import type { ProblemCode } from '@async-chatbot/shared/problems';
import type { Tokens } from './sessions.ts';

const LIFETIME_SECONDS = 30 * 24 * 60 * 60;
const PARTS = ['accessToken', 'refreshToken'] as const;

export type SessionCookies = ReturnType<typeof sessionCookies>;

/** How a session is carried in two cookies; over https, which the base tells, they are secure. */
export function sessionCookies({ protocol }: URL) {
  const isSecure = protocol === 'https:';
  const prefix = isSecure ? '__Host-' : '';
  const names = { accessToken: `${prefix}access_token`, refreshToken: `${prefix}refresh_token` };
  const attributes = `HttpOnly; ${isSecure ? 'Secure; ' : ''}SameSite=Lax`;

  return {
    read(headers: Headers): Tokens {
      const cookies = headers.get('cookie') ?? '';
      return { accessToken: cookieIn(names.accessToken, cookies), refreshToken: cookieIn(names.refreshToken, cookies) };
    },

    headers,

    /** What comes with a problem after which the session's cookies are good for nothing. */
    headersAfter: (code: ProblemCode) =>
      headers(code === 'refresh-reused' || code === 'session-expired' ? null : undefined),
  };

  /** The `Set-Cookie` headers that set a session's cookies, or clear them; none if nothing changes. */
  function headers(session: Tokens | null | undefined): (readonly ['Set-Cookie', string])[] {
    if (session === undefined) return [];
    return PARTS.map((part) => ['Set-Cookie', cookieOf(names[part], session?.[part])]);
  }

  function cookieOf(name: string, value: string | undefined): string {
    if (value) return `${name}=${value}; Max-Age=${LIFETIME_SECONDS}; Path=/; ${attributes}`;
    return `${name}=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; ${attributes}`;
  }
}

/** The first of a name counts, as it does for the server. */
function cookieIn(name: string, cookies: string): string | undefined {
  const pairs = cookies.split(';').map((pair) => pair.trim().split('='));
  return pairs.find(([other]) => other === name)?.[1] || undefined;
}
