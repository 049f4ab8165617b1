import { Problem } from '@async-chatbot/shared/problem';
import type { Identity, Session, User } from '../ports/identity.ts';
import type { HttpRequest } from './handle.ts';
import type { SessionCookie } from './session-cookie.ts';

/** An authenticated user and the session of the request. */
export interface Authentication {
  user: User;
  session: Session;
}

export class NoCredentialsError extends Error {
  override name = 'NoCredentialsError';
}

/** The session that a request contains, for each security scheme of the contract. */
export interface Credentials {
  accessCookie: Session | undefined;
  accessToken: Session | undefined;
}

export function authenticate(identity: Identity, sessionCookie: SessionCookie) {
  return {
    /** Throws `ambiguous-credentials` if the request uses both schemes, or two cookies of one name. */
    credentialsOf(request: HttpRequest): Credentials {
      const session = sessionCookie.read(request);
      if (!session.accessToken) sessionCookie.assertNotRepeated(request);
      const accessCookie = session.accessToken ? session : undefined;
      const accessToken = bearerOf(request);
      if (accessCookie && accessToken) throw new Problem('ambiguous-credentials');
      return { accessCookie, accessToken };
    },

    /** Undefined without a session. Throws `unauthenticated`. */
    async verified(session: Session | undefined): Promise<Authentication | undefined> {
      return session && { user: await identity.verify(session), session };
    },

    /** The session in the request, which may be invalid. */
    sessionOf(request: HttpRequest): Session {
      const cookies = sessionCookie.read(request);
      return cookies.accessToken || cookies.refreshToken ? cookies : (bearerOf(request) ?? {});
    },
  };
}

/** RFC 6750, section 2.1. */
function bearerOf({ headers }: HttpRequest): Session | undefined {
  const accessToken = headers.authorization?.match(/^Bearer +(\S+) *$/i)?.[1];
  return accessToken === undefined ? undefined : { accessToken };
}
