import type { components } from '@async-chatbot/api-spec';

type Credentials = components['schemas']['Credentials'];

/** Somebody with an account. */
export interface User {
  id: string;
}

/** What a caller presents, or is given, to prove a session. The tokens are opaque to everyone but the adapter. */
export interface Session {
  accessToken?: string | undefined;
  refreshToken?: string | undefined;
}

/** Who calls. A problem that the caller may know is thrown as a `Problem`, an outage as `service-unavailable`. */
export interface Identity {
  /** Throws `email-taken`, or `validation-failed` for a password that the pool's own policy refuses. */
  register(credentials: Credentials): Promise<void>;
  /** Throws `invalid-credentials`, alike for an unknown address and a wrong password, or a 403 that says why not. */
  login(credentials: Credentials): Promise<Session>;
  /** Revokes what can be revoked. Never fails: a session that cannot be revoked now expires by itself. */
  logout(session: Session): Promise<void>;
  /** The user of this session; throws `unauthenticated` with the reason as its cause. */
  verify(session: Session): Promise<User>;
  /** The e-mail address of a verified session's user. */
  emailOf(session: Session): Promise<string>;
}
