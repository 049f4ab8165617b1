import { Problem } from '@async-chatbot/shared/problem';
import type { Caller } from './call.ts';
import type { Sessions, Tokens } from './sessions.ts';

/** What a request presents to prove a session. */
export interface Credentials {
  cookies: Tokens;
  /** The token of an `Authorization` header (RFC 6750, section 2.1). */
  bearer: string | undefined;
}

export function credentialsOf(headers: Headers, cookies: Tokens): Credentials {
  return { cookies, bearer: headers.get('authorization')?.match(/^Bearer +(\S+) *$/i)?.[1] };
}

/** Who calls; throws `unauthenticated` or `ambiguous-credentials`. */
export function authenticate({ cookies, bearer }: Credentials, sessions: Sessions): Caller {
  if (cookies.accessToken && bearer) throw new Problem('ambiguous-credentials');
  const token = cookies.accessToken ?? bearer;
  if (!token) throw new Problem('unauthenticated');
  return sessions.verify(token);
}

/** The session as it was presented, be it valid or not. */
export function tokensOf({ cookies, bearer }: Credentials): Tokens {
  return cookies.accessToken || cookies.refreshToken ? cookies : { accessToken: bearer };
}
