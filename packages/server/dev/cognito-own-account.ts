import { NotAuthorizedError, UserNotFoundError } from 'cognito-local/lib/errors.js';
import { type Account, checkPolicy } from './cognito-account.ts';
import type { Pool } from './cognito-pool.ts';
import type { Sessions } from './cognito-sessions.ts';
import type { Request } from './cognito-shim.ts';
import type { Tokens } from './cognito-tokens.ts';

/** The operations of somebody who shows an access token. */
export function ownAccount(pool: Pool, sessions: Sessions, tokens: Tokens) {
  return {
    async GetUser(request: Request) {
      await callerOf(request);
      return pool.ask('GetUser', request);
    },

    async ChangePassword(request: Request) {
      const account = await callerOf(request);
      if (request.PreviousPassword !== account.Password)
        throw new NotAuthorizedError('Incorrect username or password.');
      checkPolicy(request.ProposedPassword);
      account.Password = request.ProposedPassword;
      await pool.save(account);
      return {};
    },

    async DeleteUser(request: Request) {
      await callerOf(request);
      return pool.ask('DeleteUser', request);
    },

    async GlobalSignOut(request: Request) {
      await sessions.endAll(await callerOf(request));
      return {};
    },
  };

  async function callerOf({ AccessToken }: Request): Promise<Account> {
    const { sub, origin_jti } = tokens.read(AccessToken);
    const account = await pool.find(sub);
    if (!account) throw new UserNotFoundError('User does not exist.');
    if (!account.Sessions?.some(({ id }) => id === origin_jti)) {
      throw new NotAuthorizedError('Access Token has been revoked');
    }
    return account;
  }
}
