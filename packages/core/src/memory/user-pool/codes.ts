import type { Account, CodePurpose, WrongCodes } from './account.ts';

/** A code that Cognito would send by email. */
export interface SentCode {
  email: string;
  code: string;
  purpose: CodePurpose;
}

export type CodeRefusal = 'wrong-code' | 'code-expired' | 'too-many-wrong-codes';

const HOUR_MS = 3_600_000;
const LIFETIME_MS: Record<CodePurpose, number> = { confirm: 24 * HOUR_MS, reset: HOUR_MS };
const MAX_WRONG_CODES = 5;

export interface CodeOptions {
  newCode: () => string;
  onCode?: ((code: SentCode) => void) | undefined;
}

export type Codes = ReturnType<typeof codesOf>;

/** Codes sent by email to confirm a registration or to reset a password. */
export function codesOf(nowMs: () => number, { newCode, onCode }: CodeOptions) {
  return {
    send(account: Account, purpose: CodePurpose): void {
      const code = newCode();
      account.code = { value: code, purpose, sentAtMs: nowMs() };
      onCode?.({ email: account.email, code, purpose });
    },

    /** Checks a code, which works once. Returns undefined if it is valid, else the reason. */
    redeem(account: Account, purpose: CodePurpose, value: string): CodeRefusal | undefined {
      const { code } = account;
      const wrong = recentlyWrong(account);
      if (wrong.count >= MAX_WRONG_CODES) return 'too-many-wrong-codes';
      if (code?.purpose !== purpose || nowMs() >= code.sentAtMs + LIFETIME_MS[purpose]) return 'code-expired';
      if (code.value !== value) {
        account.wrongCodes = { ...wrong, count: wrong.count + 1 };
        return 'wrong-code';
      }
      delete account.code;
      delete account.wrongCodes;
      return undefined;
    },
  };

  function recentlyWrong({ wrongCodes }: Account): WrongCodes {
    return wrongCodes && nowMs() < wrongCodes.sinceMs + HOUR_MS ? wrongCodes : { count: 0, sinceMs: nowMs() };
  }
}
