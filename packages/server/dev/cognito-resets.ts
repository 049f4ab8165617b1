import { CodeMismatchError, InvalidParameterError } from 'cognito-local/lib/errors.js';
import { checkPolicy, isVerified } from './cognito-account.ts';
import { type Codes, deliveryTo } from './cognito-codes.ts';
import type { Pool } from './cognito-pool.ts';
import type { Request } from './cognito-shim.ts';

const UNREACHABLE = 'Cannot reset password for the user as there is no registered/verified email or phone_number';

/** The operations for a forgotten password. */
export function resets(pool: Pool, codes: Codes) {
  return {
    async ForgotPassword({ Username }: Request) {
      const account = await pool.find(Username);
      if (account?.Enabled) {
        if (!isVerified(account)) throw new InvalidParameterError(UNREACHABLE);
        await codes.send(account, 'reset');
      }
      return deliveryTo(Username);
    },

    async ConfirmForgotPassword({ Username, ConfirmationCode, Password }: Request) {
      checkPolicy(Password);
      const account = await pool.find(Username);
      if (!account?.Enabled) throw new CodeMismatchError();
      await codes.redeem(account, 'reset', ConfirmationCode);
      account.Password = Password;
      account.UserStatus = 'CONFIRMED';
      await pool.save(account);
      return {};
    },
  };
}
