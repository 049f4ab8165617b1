import { randomInt } from 'node:crypto';
import { CodeMismatchError, CognitoError, ExpiredCodeError } from 'cognito-local/lib/errors.js';
import { type Account, emailOf } from './cognito-account.ts';
import type { Pool } from './cognito-pool.ts';

type Purpose = 'confirm' | 'reset';

/** The newest that was sent; it alone is good. */
export interface Code {
  value: string;
  purpose: Purpose;
  sentAtMs: number;
}

/** Within an hour of the first. */
export interface WrongCodes {
  count: number;
  sinceMs: number;
}

/** What the real service would write to somebody. */
export interface SentCode {
  email: string;
  code: string;
  purpose: Purpose;
}

const HOUR_MS = 3_600_000;
const LIFETIME_MS: Record<Purpose, number> = { confirm: 24 * HOUR_MS, reset: HOUR_MS };
const ALLOWED_WRONG_CODES = 5;

export interface CodeOptions {
  onCode: (code: SentCode) => void;
  now: () => Date;
}

export type Codes = ReturnType<typeof cognitoCodes>;

/** The codes that prove that somebody reads an address: six digits, for signing up and for a forgotten password. */
export function cognitoCodes(pool: Pool, { onCode, now }: CodeOptions) {
  const nowMs = () => now().getTime();

  return {
    async send(account: Account, purpose: Purpose): Promise<void> {
      const code = String(randomInt(1_000_000)).padStart(6, '0');
      account.Code = { value: code, purpose, sentAtMs: nowMs() };
      await pool.save(account);
      onCode({ email: emailOf(account), code, purpose });
    },

    /** Takes the code away, which the caller saves; throws if it is not the one. */
    async redeem(account: Account, purpose: Purpose, value: string): Promise<void> {
      const wrong = recentlyWrong(account);
      if (wrong.count >= ALLOWED_WRONG_CODES) throw tooMany(purpose);
      const { Code } = account;
      if (Code?.purpose !== purpose || nowMs() >= Code.sentAtMs + LIFETIME_MS[purpose]) throw new ExpiredCodeError();
      if (Code.value !== value) {
        account.WrongCodes = { ...wrong, count: wrong.count + 1 };
        await pool.save(account);
        throw new CodeMismatchError();
      }
      delete account.Code;
      delete account.WrongCodes;
    },
  };

  function recentlyWrong({ WrongCodes }: Account): WrongCodes {
    return WrongCodes && nowMs() < WrongCodes.sinceMs + HOUR_MS ? WrongCodes : { count: 0, sinceMs: nowMs() };
  }
}

const tooMany = (purpose: Purpose): CognitoError =>
  purpose === 'confirm'
    ? new CognitoError('TooManyFailedAttemptsException', 'Invalid code entered too many times.')
    : new CognitoError('LimitExceededException', 'Attempt limit exceeded, please try after some time.');

/** Where a code went, as the answers tell it; an address that nobody has gets the same. */
export function deliveryTo(email: string) {
  const [name = '', domain = ''] = email.split('@');
  const Destination = `${name.slice(0, 1)}***@${domain.slice(0, 1)}***`;
  return { CodeDeliveryDetails: { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination } };
}
