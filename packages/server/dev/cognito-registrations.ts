import { CodeMismatchError, InvalidParameterError, NotAuthorizedError } from 'cognito-local/lib/errors.js';
import { checkPolicy, setVerified } from './cognito-account.ts';
import { type Codes, deliveryTo } from './cognito-codes.ts';
import type { Pool } from './cognito-pool.ts';
import type { Request } from './cognito-shim.ts';

/** The operations by which an account comes to be. */
export function registrations(pool: Pool, codes: Codes) {
  return {
    async SignUp(request: Request) {
      checkPolicy(request.Password);
      const answer = await pool.ask<{ UserConfirmed: boolean; UserSub: string }>('SignUp', request);
      const account = answer.UserConfirmed ? undefined : await pool.find(answer.UserSub);
      if (!account) return answer;
      await codes.send(account, 'confirm');
      return { ...answer, ...deliveryTo(request.Username) };
    },

    async ConfirmSignUp({ Username, ConfirmationCode }: Request) {
      const account = await pool.find(Username);
      if (!account) throw new CodeMismatchError();
      if (account.UserStatus !== 'UNCONFIRMED') {
        throw new NotAuthorizedError(`User cannot be confirmed. Current status is ${account.UserStatus}`);
      }
      await codes.redeem(account, 'confirm', ConfirmationCode);
      account.UserStatus = 'CONFIRMED';
      setVerified(account, true);
      await pool.save(account);
      return {};
    },

    async ResendConfirmationCode({ Username }: Request) {
      const account = await pool.find(Username);
      if (account?.Enabled) {
        if (account.UserStatus !== 'UNCONFIRMED') throw new InvalidParameterError('User is already confirmed.');
        await codes.send(account, 'confirm');
      }
      return deliveryTo(Username);
    },
  };
}
