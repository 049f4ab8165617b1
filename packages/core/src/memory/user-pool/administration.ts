import type { Account, PoolUser } from './account.ts';
import type { Accounts } from './accounts.ts';
import type { Codes } from './codes.ts';
import { isWeak, type PasswordStorage } from './passwords.ts';

/** Operations for administrators of the pool. */
export function administration(accounts: Accounts, codes: Codes, passwords: PasswordStorage) {
  const change = (email: string, apply: (account: Account) => void): PoolUser | 'unknown-user' => {
    const account = accounts.withEmail(email);
    if (!account) return 'unknown-user';
    apply(account);
    return account;
  };

  return {
    /** Prevents logins and ends every session. */
    disable: (email: string) =>
      change(email, (account) => {
        account.isEnabled = false;
        account.sessions = [];
      }),

    /** Invalidates the password and sends a code for a new one. */
    requireReset: (email: string) =>
      change(email, (account) => {
        account.status = 'reset-required';
        codes.send(account, 'reset');
      }),

    /** Sets a password without a code; an unconfirmed account is then confirmed. Sessions stay open. */
    setPassword: (email: string, password: string): PoolUser | 'unknown-user' | 'weak-password' =>
      isWeak(password)
        ? 'weak-password'
        : change(email, (account) => {
            account.password = passwords.hash(password);
            account.status = 'confirmed';
          }),

    /** Resets an account to unconfirmed. */
    unconfirm: (email: string) =>
      change(email, (account) => {
        account.status = 'unconfirmed';
      }),
  };
}
