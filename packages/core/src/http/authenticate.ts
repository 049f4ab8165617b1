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

/**
 * One function per security scheme of the contract. Each resolves to undefined if the request does not use its scheme, and
 * throws `ambiguous-credentials` if the request uses both.
 */
export function authenticate(identity: Identity, sessionCookie: SessionCookie) {
  return {
    accessCookie: (request: HttpRequest) => verified(credentialsOf(request).cookie),
    accessToken: (request: HttpRequest) => verified(credentialsOf(request).bearer),
    /** The session in the request, which may be invalid. */
    sessionOf(request: HttpRequest): Session {
      const cookies = sessionCookie.read(request);
      return cookies.accessToken || cookies.refreshToken ? cookies : (bearerOf(request) ?? {});
    },
  };

  async function verified(session: Session | undefined): Promise<Authentication | undefined> {
    return session && { user: await identity.verify(session), session };
  }

  function credentialsOf(request: HttpRequest) {
    sessionCookie.assertNotRepeated(request);
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
