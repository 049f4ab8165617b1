import type { components } from '@async-chatbot/api-spec';

type Schemas = components['schemas'];

export interface User {
  id: string;
  /** When the user logged in with the password. A refresh does not change it. */
  loggedInAt: Date;
}

/** The tokens of a session, which only the adapter interprets. */
export interface Session {
  accessToken?: string | undefined;
  refreshToken?: string | undefined;
}

/** Accounts and sessions. Methods throw a `Problem` for the client, and `service-unavailable` during an outage. */
export interface Identity {
  /**
   * Creates an account: `usable` if it can log in at once, `unconfirmed` if it needs the code sent by email. Throws
   * `validation-failed` for a password that violates the pool's policy and, if registration is open, `email-taken`.
   */
  register(account: Schemas['NewUser']): Promise<'usable' | 'unconfirmed'>;
  /**
   * Confirms an account. Throws `code-invalid` for a wrong code and for an unknown email alike, and `email-taken` if another
   * account has confirmed the email, which can happen in a Cognito pool with email aliases. A password replaces the one that
   * the email was registered with. Throws `password-reset-required`, after confirming, if it cannot be replaced.
   */
  confirm(confirmation: Schemas['Confirmation']): Promise<void>;
  /** Sends a new code if the account is unconfirmed. Resolves either way, so as not to reveal whether it exists. */
  resendConfirmation(email: string): Promise<void>;
  /** Sends a code to reset the password if the account exists. Resolves either way, for the same reason. */
  forgotPassword(email: string): Promise<void>;
  /** Sets a new password and ends all sessions of the account. Throws `code-invalid` as `confirm` does. */
  resetPassword(reset: Schemas['PasswordReset']): Promise<void>;

  /** Opens a session. Throws `invalid-credentials` for an unknown email and a wrong password alike, or a 403 with a reason. */
  login(credentials: Schemas['Credentials']): Promise<Session>;
  /** Returns new tokens for a session. Throws `unauthenticated`, `session-expired` or `refresh-reused`. */
  refresh(session: Session): Promise<Session>;
  /** Ends the session on every server. Never rejects; a session that cannot be ended expires. */
  logout(session: Session): Promise<void>;
  /** Ends all sessions of this session's user. */
  logoutEverywhere(session: Session): Promise<void>;

  /** Returns the user of a valid session. Throws `unauthenticated` with the reason as its cause. */
  verify(session: Session): Promise<User>;
  /** The email address of a session's user. */
  emailOf(session: Session): Promise<string>;
  /** Ends all sessions and opens a new one; null if the user has to log in. Throws `wrong-password`. */
  changePassword(session: Session, change: Schemas['PasswordChange']): Promise<Session | null>;
  /** Deletes the account. Resolves when no server accepts its sessions any more. */
  deleteUser(session: Session): Promise<void>;
}
