import { Problem } from '@async-chatbot/shared/problem';
import type { Body } from '../http/operation.ts';

/** Somebody with an account. */
export interface Account {
  user_id: string;
  email: string;
  password: string;
  isConfirmed: boolean;
  /** The newest that was sent; it alone is good. */
  code?: Code | undefined;
}

interface Code {
  value: string;
  purpose: Purpose;
  endsAtMs: number;
}

type Purpose = 'confirm' | 'reset';

const HOUR_MS = 3_600_000;
const LIFETIME_MS: Record<Purpose, number> = { confirm: 24 * HOUR_MS, reset: HOUR_MS };
const FIRST_CODE = 100_001;

export type Accounts = ReturnType<typeof accounts>;

/** The accounts by their addresses, which are compared without regard to case. */
export function accounts(now: () => Date, newUserId: () => string) {
  const byEmail = new Map<string, Account>();
  let codes = 0;

  return {
    find: (email: string): Account | undefined => byEmail.get(email.toLowerCase()),

    /** Undefined if the address is taken. */
    add({ email, password }: Body<'registerUser'>, isConfirmed: boolean): Account | undefined {
      const address = email.toLowerCase();
      if (byEmail.has(address)) return undefined;
      const account = { user_id: newUserId(), email: address, password, isConfirmed };
      byEmail.set(address, account);
      return account;
    },

    delete({ email }: Account): void {
      byEmail.delete(email);
    },

    /** What the server would e-mail. */
    sendCode(account: Account, purpose: Purpose): void {
      const value = String(FIRST_CODE + codes);
      codes += 1;
      account.code = { value, purpose, endsAtMs: now().getTime() + LIFETIME_MS[purpose] };
    },

    /** The account that a code proves to be the caller's. Throws `code-invalid`, alike for an unknown address. */
    redeem(email: string, value: string, purpose: Purpose): Account {
      const account = byEmail.get(email.toLowerCase());
      const { code } = account ?? {};
      const isGood = code?.value === value && code.purpose === purpose && now().getTime() < code.endsAtMs;
      if (!account || !isGood) throw new Problem('code-invalid');
      account.code = undefined;
      return account;
    },

    clear(): void {
      byEmail.clear();
      codes = 0;
    },
  };
}
