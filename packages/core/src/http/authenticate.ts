import { Problem } from '@async-chatbot/shared/problem';
import type { Identity, Session, User } from '../ports/identity.ts';
import type { HttpRequest } from './handle.ts';
import type { SessionCookie } from './session-cookie.ts';

/** An authenticated user and the session of the request. */
export interface Authentication {
  user: User;
  /** Without the refresh token, which only operations without authentication use. */
  session: Session;
  /** Whether the session is a bearer token rather than a cookie. */
  isBearer: boolean;
}

class NoCredentialsError extends Error {
  override name = 'NoCredentialsError';
}

export function authenticator(identity: Identity, sessionCookie: SessionCookie) {
  return {
    /** Throws `unauthenticated` without a valid access token, and `ambiguous-credentials` if the request has two. */
    async authenticate(request: HttpRequest): Promise<Authentication> {
      const accessToken = sessionCookie.read(request, 'accessToken');
      if (!accessToken) sessionCookie.assertNotRepeated(request);
      const bearer = bearerOf(request);
      if (accessToken && bearer) throw new Problem('ambiguous-credentials');
      const session = accessToken ? { accessToken } : bearer;
      if (!session) throw new Problem('unauthenticated', { cause: new NoCredentialsError() });
      return { user: await identity.verify(session), session, isBearer: session === bearer };
    },

    /** The session in the request, which may be invalid. */
    sessionOf(request: HttpRequest): Session {
      const accessToken = sessionCookie.read(request, 'accessToken');
      const refreshToken = sessionCookie.read(request, 'refreshToken');
      return accessToken || refreshToken ? { accessToken, refreshToken } : (bearerOf(request) ?? {});
    },
  };
}

/** RFC 6750, section 2.1. */
function bearerOf({ headers }: HttpRequest): Session | undefined {
  const accessToken = headers.authorization?.match(/^Bearer +(\S+) *$/i)?.[1];
  return accessToken === undefined ? undefined : { accessToken };
}
