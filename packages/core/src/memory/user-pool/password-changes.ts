import type { PoolUser } from './account.ts';
import type { Accounts } from './accounts.ts';
import type { CodeRefusal, Codes } from './codes.ts';
import { isWeak, type PasswordStorage } from './passwords.ts';

export interface PasswordReset {
  email: string;
  code: string;
  password: string;
}

/** Password changes and resets. Sessions stay open until the host ends them. */
export function passwordChanges(accounts: Accounts, codes: Codes, passwords: PasswordStorage) {
  return {
    /** Sends a code for `resetPassword`. */
    forgotPassword(email: string): PoolUser | 'unknown-user' | 'disabled' | 'unconfirmed' {
      const account = accounts.withEmail(email);
      if (!account) return 'unknown-user';
      if (!account.isEnabled) return 'disabled';
      if (account.status === 'unconfirmed') return 'unconfirmed';
      codes.send(account, 'reset');
      return account;
    },

    resetPassword(reset: PasswordReset): PoolUser | 'weak-password' | 'unknown-user' | 'disabled' | CodeRefusal {
      if (isWeak(reset.password)) return 'weak-password';
      const account = accounts.withEmail(reset.email);
      if (!account) return 'unknown-user';
      if (!account.isEnabled) return 'disabled';
      const refusal = codes.redeem(account, 'reset', reset.code);
      if (refusal) return refusal;
      account.password = passwords.hash(reset.password);
      account.status = 'confirmed';
      return account;
    },

    changePassword(
      userId: string,
      current: string,
      next: string,
    ): PoolUser | 'unknown-user' | 'wrong-password' | 'weak-password' {
      const account = accounts.withId(userId);
      if (!account) return 'unknown-user';
      if (!passwords.verify(current, account.password)) return 'wrong-password';
      if (isWeak(next)) return 'weak-password';
      account.password = passwords.hash(next);
      return account;
    },
  };
}
