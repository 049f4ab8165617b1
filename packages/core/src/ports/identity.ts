import type { components } from '@async-chatbot/api-spec';

type Schemas = components['schemas'];

export interface User {
  id: string;
  /** When the session was opened with the password; a refresh does not change it. */
  loggedInAt: Date;
}

/** The tokens of a session. Only the adapter reads them. */
export interface Session {
  accessToken?: string | undefined;
  refreshToken?: string | undefined;
}

/** Accounts and sessions. Throws a `Problem` where the client may know why, and `service-unavailable` for an outage. */
export interface Identity {
  /**
   * Creates an account: `usable` if it can log in at once, `unconfirmed` if it needs the code that is sent by e-mail. Throws
   * `validation-failed` for a password that the pool's policy refuses and, where registration is open, `email-taken`.
   */
  register(account: Schemas['NewUser']): Promise<'usable' | 'unconfirmed'>;
  /**
   * Throws `code-invalid`, alike for a wrong code and an unknown address. Throws `email-taken` if another account has
   * confirmed the address, which Cognito allows in a pool whose addresses are aliases.
   */
  confirm(confirmation: Schemas['Confirmation']): Promise<void>;
  /** Sends another code if the account is unconfirmed; resolves either way, to show nothing about accounts. */
  resendConfirmation(email: string): Promise<void>;
  /** Sends a code to reset the password if there is such an account; resolves either way. */
  forgotPassword(email: string): Promise<void>;
  /** Sets a new password and ends every session of the account. Throws `code-invalid` as `confirm` does. */
  resetPassword(reset: Schemas['PasswordReset']): Promise<void>;

  /** Throws `invalid-credentials`, alike for an unknown address and a wrong password, or a 403 with the reason. */
  login(credentials: Schemas['Credentials']): Promise<Session>;
  /** New tokens for a session; throws `unauthenticated`, `session-expired` or `refresh-reused`. */
  refresh(session: Session): Promise<Session>;
  /** Ends the session on every server. Never rejects: a session that cannot be ended now expires. */
  logout(session: Session): Promise<void>;
  /** Ends every session of this session's user. */
  logoutEverywhere(session: Session): Promise<void>;

  /** The user of this session; throws `unauthenticated` with the reason as its cause. */
  verify(session: Session): Promise<User>;
  /** The e-mail address of a verified session's user. */
  emailOf(session: Session): Promise<string>;
  /** Ends every session and opens a new one, or null if the user has to log in. Throws `wrong-password`. */
  changePassword(session: Session, change: Schemas['PasswordChange']): Promise<Session | null>;
  /** Deletes the account; resolves when no server accepts its sessions any more. */
  deleteUser(session: Session): Promise<void>;
}
