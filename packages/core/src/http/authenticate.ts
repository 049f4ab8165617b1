import { Problem } from '@async-chatbot/shared/problem';
import type { Identity, Session, User } from '../ports/identity.ts';
import type { HttpRequest } from './handle.ts';
import type { SessionCookie } from './session-cookie.ts';

/** The user of a request, and the session that proved it. */
export interface Authentication {
  user: User;
  session: Session;
}

export class NoCredentialsError extends Error {
  override name = 'NoCredentialsError';
}

/** One function for each of the contract's security schemes; undefined where the request does not use the scheme. */
export function authenticate(identity: Identity, sessionCookie: SessionCookie) {
  return {
    accessCookie: (request: HttpRequest) => verified(credentialsOf(request).cookie),
    accessToken: (request: HttpRequest) => verified(credentialsOf(request).bearer),
    /** The session that a request presents, valid or not. */
    sessionOf(request: HttpRequest): Session {
      const cookies = sessionCookie.read(request);
      return cookies.accessToken || cookies.refreshToken ? cookies : (bearerOf(request) ?? {});
    },
  };

  async function verified(session: Session | undefined): Promise<Authentication | undefined> {
    return session && { user: await identity.verify(session), session };
  }

  function credentialsOf(request: HttpRequest) {
    const session = sessionCookie.read(request);
    const cookie = session.accessToken ? session : undefined;
    const bearer = bearerOf(request);
    if (cookie && bearer) throw new Problem('ambiguous-credentials');
    return { cookie, bearer };
  }
}

/** RFC 6750, section 2.1. */
function bearerOf({ headers }: HttpRequest): Session | undefined {
  const accessToken = headers.authorization?.match(/^Bearer +(\S+) *$/i)?.[1];
  return accessToken === undefined ? undefined : { accessToken };
}
