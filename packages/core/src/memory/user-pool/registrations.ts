import type { Account, PoolUser } from './account.ts';
import type { Accounts } from './accounts.ts';
import type { CodeRefusal, Codes } from './codes.ts';
import { isWeak, type PasswordStorage } from './passwords.ts';

export interface Registration {
  email: string;
  password: string;
  /** If false, a code is sent. */
  isConfirmed: boolean;
}

export function registrations(accounts: Accounts, codes: Codes, passwords: PasswordStorage, newId: () => string) {
  return {
    signUp({ email, password, isConfirmed }: Registration): PoolUser | 'weak-password' | 'email-taken' {
      if (isWeak(password)) return 'weak-password';
      if (accounts.withEmail(email)) return 'email-taken';
      const account: Account = {
        id: newId(),
        email: email.toLowerCase(),
        password: passwords.hash(password),
        status: isConfirmed ? 'confirmed' : 'unconfirmed',
        isEnabled: true,
        sessions: [],
      };
      accounts.add(account);
      if (!isConfirmed) codes.send(account, 'confirm');
      return account;
    },

    confirm(email: string, code: string): PoolUser | 'unknown-user' | 'already-confirmed' | CodeRefusal {
      const account = accounts.withEmail(email);
      if (!account) return 'unknown-user';
      if (account.status !== 'unconfirmed') return 'already-confirmed';
      const refusal = codes.redeem(account, 'confirm', code);
      if (refusal) return refusal;
      account.status = 'confirmed';
      return account;
    },

    resendConfirmation(email: string): PoolUser | 'unknown-user' | 'disabled' | 'already-confirmed' {
      const account = accounts.withEmail(email);
      if (!account) return 'unknown-user';
      if (!account.isEnabled) return 'disabled';
      if (account.status !== 'unconfirmed') return 'already-confirmed';
      codes.send(account, 'confirm');
      return account;
    },
  };
}
