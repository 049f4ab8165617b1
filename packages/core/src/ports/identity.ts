import type { components } from '@async-chatbot/api-spec';

type Schemas = components['schemas'];

/** Somebody with an account. */
export interface User {
  id: string;
  /** When the password was last asked for in this session; refreshing changes nothing about it. */
  loggedInAt: Date;
}

/** What a caller presents, or is given, to prove a session. The tokens are opaque to everyone but the adapter. */
export interface Session {
  accessToken?: string | undefined;
  refreshToken?: string | undefined;
}

/** Who calls. A problem that the caller may know is thrown as a `Problem`, an outage as `service-unavailable`. */
export interface Identity {
  /**
   * Creates an account and tells whether it can log in at once; else a code is in the mail. Throws `validation-failed`
   * for a password that the pool's own policy refuses and, where registration is open, `email-taken`.
   */
  register(account: Schemas['NewUser']): Promise<'usable' | 'unconfirmed'>;
  /** Throws `code-invalid`, alike for a wrong code and an unknown address. */
  confirm(confirmation: Schemas['Confirmation']): Promise<void>;
  /** Sends another code if the address waits for one; who asks learns nothing about that. */
  resendConfirmation(email: string): Promise<void>;
  /** Sends a code to reset the password if there is such an account; who asks learns nothing about that. */
  forgotPassword(email: string): Promise<void>;
  /** Sets a new password and ends every session of the account. Throws `code-invalid` as `confirm` does. */
  resetPassword(reset: Schemas['PasswordReset']): Promise<void>;

  /** Throws `invalid-credentials`, alike for an unknown address and a wrong password, or a 403 that says why not. */
  login(credentials: Schemas['Credentials']): Promise<Session>;
  /** New tokens for a session; throws `unauthenticated`, `session-expired` or `refresh-reused`. */
  refresh(session: Session): Promise<Session>;
  /** Ends the session here and on every other server. Never fails: what cannot be ended now expires by itself. */
  logout(session: Session): Promise<void>;
  /** Ends every session of this session's user. */
  logoutEverywhere(session: Session): Promise<void>;

  /** The user of this session; throws `unauthenticated` with the reason as its cause. */
  verify(session: Session): Promise<User>;
  /** The e-mail address of a verified session's user. */
  emailOf(session: Session): Promise<string>;
  /** Ends every session and opens a new one, or null if only the person can log in again. Throws `wrong-password`. */
  changePassword(session: Session, change: Schemas['PasswordChange']): Promise<Session | null>;
  /** Deletes the account, and resolves when no server takes its sessions any more. */
  deleteUser(session: Session): Promise<void>;
}
