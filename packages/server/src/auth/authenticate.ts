import type { Identity, Session, User } from '@async-chatbot/core/ports/identity';
import { Problem } from '@async-chatbot/shared/problem';
import type { Request } from 'express';
import type { SessionCookie } from './session-cookie.ts';

/** Who calls, and the session that proved it. */
export interface Caller {
  user: User;
  session: Session;
}

/** The request carries nothing that could prove a session. */
export class NoCredentialsError extends Error {
  override name = 'NoCredentialsError';
}

/** One function for each of the spec's security schemes; undefined where the request does not use the scheme. */
export function authenticate(identity: Identity, sessionCookie: SessionCookie) {
  const callerOf = async (session: Session): Promise<Caller> => ({ user: await identity.verify(session), session });

  return {
    /** What a request presents, be it valid or not. */
    sessionOf(req: Request): Session {
      const cookies = sessionCookie.read(req);
      return cookies.accessToken || cookies.refreshToken ? cookies : (bearerOf(req.headers.authorization) ?? {});
    },
    async accessCookie(req: Request): Promise<Caller | undefined> {
      const { cookie } = credentialsOf(req);
      return cookie && callerOf(cookie);
    },
    async accessToken(req: Request): Promise<Caller | undefined> {
      const { bearer } = credentialsOf(req);
      return bearer && callerOf(bearer);
    },
  };

  function credentialsOf(req: Request) {
    const session = sessionCookie.read(req);
    const cookie = session.accessToken ? session : undefined;
    const bearer = bearerOf(req.headers.authorization);
    if (cookie && bearer) throw new Problem('ambiguous-credentials');
    return { cookie, bearer };
  }
}

/** RFC 6750, section 2.1. */
function bearerOf(authorization: string | undefined): Session | undefined {
  const accessToken = authorization?.match(/^Bearer +(\S+) *$/i)?.[1];
  return accessToken === undefined ? undefined : { accessToken };
}
