import type { Session } from '@async-chatbot/core/ports/identity';
import type { CookieOptions, Request, Response } from 'express';

export interface CookieConfig {
  /** Whether the site is served over https. */
  secure: boolean;
  /** `none` only for pages of another site, which `secure` and a list of origins must go with. */
  sameSite: 'lax' | 'none';
}

/** What Cognito gives a refresh token by default; an access token says itself when it expires. */
const LIFETIME_MS = 30 * 24 * 60 * 60 * 1000;

/** How a browser carries its session: in two cookies that no script can read (RFC 6265). */
export function sessionCookie({ secure, sameSite }: CookieConfig) {
  const prefix = secure ? '__Host-' : '';
  const names = { accessToken: `${prefix}access_token`, refreshToken: `${prefix}refresh_token` } as const;
  const options: CookieOptions = { httpOnly: true, secure, sameSite, path: '/' };

  return {
    read: ({ cookies }: Request): Session => ({
      accessToken: textOf(cookies[names.accessToken]),
      refreshToken: textOf(cookies[names.refreshToken]),
    }),

    /** Sets the session's cookies, or clears them with the very attributes that they were set with; or does nothing. */
    write(res: Response, session: Session | null | undefined): void {
      if (session === undefined) return;
      for (const part of ['accessToken', 'refreshToken'] as const) {
        const token = session?.[part];
        if (token) res.cookie(names[part], token, { ...options, maxAge: LIFETIME_MS });
        else res.clearCookie(names[part], options);
      }
    },
  };
}

export type SessionCookie = ReturnType<typeof sessionCookie>;

/** cookie-parser makes something else of a value that begins with `j:`. */
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
