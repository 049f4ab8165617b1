import type { Account, PoolSession, PoolUser } from './user-pool/account.ts';
import { accountsOf } from './user-pool/accounts.ts';
import { administration } from './user-pool/administration.ts';
import { type CodeOptions, codesOf } from './user-pool/codes.ts';
import { passwordChanges } from './user-pool/password-changes.ts';
import { type PasswordStorage, plainPasswords } from './user-pool/passwords.ts';
import { registrations } from './user-pool/registrations.ts';
import { type OpenSession, type SessionOptions, sessionsOf } from './user-pool/sessions.ts';

/** A pool's accounts with their sessions, as plain JSON. */
export interface UserPoolState {
  readonly accounts: readonly Account[];
}

export interface UserPoolOptions extends CodeOptions, SessionOptions {
  now: () => Date;
  /** How passwords are stored; in plain text by default. */
  passwords?: PasswordStorage | undefined;
  /** The initial accounts, which the pool changes in place. */
  state?: UserPoolState | undefined;
}

export type UserPool = ReturnType<typeof userPool>;

/**
 * A model of a user pool. An operation returns what it created or changed, or, if it did nothing, a string with the reason.
 * Hosts translate reasons: the memory adapter into problems, the emulator into Cognito's errors.
 */
export function userPool({ now, passwords = plainPasswords, state, ...options }: UserPoolOptions) {
  const nowMs = () => now().getTime();
  const accounts = accountsOf(state?.accounts ?? []);
  const codes = codesOf(nowMs, options);
  const sessions = sessionsOf(accounts, nowMs, options);

  return {
    ...registrations(accounts, codes, passwords, options.newId),
    ...passwordChanges(accounts, codes, passwords),
    ...administration(accounts, codes, passwords),
    refresh: sessions.refresh,
    revoke: sessions.revoke,
    clear: accounts.clear,

    find: (email: string): PoolUser | undefined => accounts.withEmail(email),

    /** Returns a reason other than `wrong-credentials` only if the password is correct. */
    login(email: string, password: string): OpenSession | 'wrong-credentials' | 'disabled' | NotConfirmed {
      const account = accounts.withEmail(email);
      if (!account || !passwords.verify(password, account.password)) return 'wrong-credentials';
      if (!account.isEnabled) return 'disabled';
      if (account.status !== 'confirmed') return account.status;
      return sessions.start(account);
    },

    hasPassword(email: string, password: string): boolean {
      const account = accounts.withEmail(email);
      return account !== undefined && passwords.verify(password, account.password);
    },

    /** Opens a session without a password. */
    startSession(email: string): OpenSession | 'unknown-user' {
      const account = accounts.withEmail(email);
      return account ? sessions.start(account) : 'unknown-user';
    },

    /** Finds an open session and its user. */
    findSession(userId: string, sessionId: string): FoundSession | 'unknown-user' | 'session-ended' {
      const account = accounts.withId(userId);
      if (!account) return 'unknown-user';
      const session = account.sessions.find(({ id }) => id === sessionId);
      return session ? { account, session } : 'session-ended';
    },

    endSession(userId: string, sessionId: string): void {
      const account = accounts.withId(userId);
      if (account) account.sessions = account.sessions.filter(({ id }) => id !== sessionId);
    },

    endSessions(userId: string): void {
      const account = accounts.withId(userId);
      if (account) account.sessions = [];
    },

    deleteUser(userId: string): void {
      const account = accounts.withId(userId);
      if (account) accounts.delete(account);
    },

    /** Shares its objects with the pool: serialize it before the next operation. */
    exportState: (): UserPoolState => ({ accounts: [...accounts.all()] }),
  };
}

type NotConfirmed = Exclude<Account['status'], 'confirmed'>;

interface FoundSession {
  account: PoolUser;
  session: Readonly<PoolSession>;
}
