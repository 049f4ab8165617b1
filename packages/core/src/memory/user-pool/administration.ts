import type { Account, PoolUser } from './account.ts';
import type { Accounts } from './accounts.ts';
import type { Codes } from './codes.ts';

/** The operations of the pool's administrator. */
export function administration(accounts: Accounts, codes: Codes) {
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

    /** As if the registration had never been confirmed. */
    unconfirm: (email: string) =>
      change(email, (account) => {
        account.status = 'unconfirmed';
      }),
  };
}
