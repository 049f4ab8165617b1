import { UserNotFoundError } from 'cognito-local/lib/errors.js';
import { type Account, setVerified } from './cognito-account.ts';
import type { Codes } from './cognito-codes.ts';
import type { Pool } from './cognito-pool.ts';

/** What the pool's administrator can bring upon a user, by address. */
export function cognitoUsers(pool: Pool, codes: Codes) {
  const find = async (email: string): Promise<Account> => {
    const account = await pool.find(email.toLowerCase());
    if (!account) throw new UserNotFoundError();
    return account;
  };

  return {
    /** As AdminDisableUser does: no login, and no session that is left. */
    async disable(email: string): Promise<void> {
      const account = await find(email);
      account.Enabled = false;
      account.Sessions = [];
      await pool.save(account);
    },

    /** As AdminResetUserPassword does: the password is good for nothing, and a code is sent. */
    async requireReset(email: string): Promise<void> {
      const account = await find(email);
      account.UserStatus = 'RESET_REQUIRED';
      await codes.send(account, 'reset');
    },

    /** As after a registration whose code has not come back. */
    async unconfirm(email: string): Promise<void> {
      const account = await find(email);
      account.UserStatus = 'UNCONFIRMED';
      setVerified(account, false);
      await pool.save(account);
    },
  };
}
