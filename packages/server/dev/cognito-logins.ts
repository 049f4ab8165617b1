import {
  CognitoError,
  InvalidParameterError,
  NotAuthorizedError,
  PasswordResetRequiredError,
  UserNotConfirmedException,
} from 'cognito-local/lib/errors.js';
import type { Account } from './cognito-account.ts';
import type { Pool } from './cognito-pool.ts';
import type { Sessions } from './cognito-sessions.ts';
import type { Request } from './cognito-shim.ts';
import type { Tokens } from './cognito-tokens.ts';

/** The operations that begin a session, prolong it, and end it. */
export function logins(pool: Pool, sessions: Sessions, tokens: Tokens) {
  return {
    async InitiateAuth({ AuthFlow, AuthParameters = {} }: Request) {
      // A client whose refresh tokens rotate refuses REFRESH_TOKEN_AUTH.
      if (AuthFlow !== 'USER_PASSWORD_AUTH')
        throw new InvalidParameterError(`${AuthFlow} is not enabled for the client.`);
      const { USERNAME, PASSWORD } = AuthParameters;
      if (!USERNAME || !PASSWORD) throw new InvalidParameterError('Missing required parameter USERNAME or PASSWORD');
      const account = await pool.find(USERNAME);
      if (account?.Password !== PASSWORD) throw new NotAuthorizedError('Incorrect username or password.');
      checkStatus(account);
      return { ChallengeParameters: {}, ...answer(await sessions.start(account), account) };
    },

    async GetTokensFromRefreshToken({ RefreshToken }: Request) {
      const renewed = await sessions.renew(RefreshToken);
      return answer(renewed, renewed.account);
    },

    async RevokeToken({ Token }: Request) {
      if (isSigned(Token)) throw new CognitoError('UnsupportedTokenTypeException', 'Unsupported token type');
      await sessions.end(Token);
      return {};
    },
  };

  function answer({ session, refreshToken }: Awaited<ReturnType<Sessions['start']>>, account: Account) {
    return { AuthenticationResult: { ...tokens.issue(account, session), RefreshToken: refreshToken } };
  }
}

/** Whoever does not know the password learns nothing of this. */
function checkStatus({ Enabled, UserStatus }: Account): void {
  if (!Enabled) throw new NotAuthorizedError('User is disabled.');
  if (UserStatus === 'UNCONFIRMED') throw new UserNotConfirmedException();
  if (UserStatus === 'RESET_REQUIRED') throw new PasswordResetRequiredError();
}

/** Access and id tokens have three parts, and cannot be revoked. */
const isSigned = (token: string): boolean => token.split('.').length === 3;
