import { setTimeout as sleep } from 'node:timers/promises';
import type { Identity, Session } from '@async-chatbot/core/ports/identity';
import { Problem } from '@async-chatbot/shared/problem';
import { type CognitoAccountsConfig, cognitoAccounts } from './accounts.ts';
import { type CognitoClientConfig, cognitoClient } from './client.ts';
import type { CognitoCodes } from './problems.ts';
import type { Revocations } from './revocations.ts';
import { type CognitoSessionsConfig, cognitoSessions } from './sessions.ts';
import { cognitoTokens, type TokenConfig } from './tokens.ts';

export type CognitoConfig = CognitoClientConfig & CognitoAccountsConfig & CognitoSessionsConfig & TokenConfig;

/** Of a token that was valid a moment ago: it was revoked, its user is gone, or it was bent. */
const SESSION: CognitoCodes = {
  InvalidParameterException: 'unauthenticated',
  NotAuthorizedException: 'unauthenticated',
  PasswordResetRequiredException: 'unauthenticated',
  UserNotConfirmedException: 'unauthenticated',
  UserNotFoundException: 'unauthenticated',
};

/** Reading is neither limited nor refused on purpose. */
const READ: CognitoCodes = {
  ...SESSION,
  ForbiddenException: 'service-unavailable',
  LimitExceededException: 'service-unavailable',
  TooManyFailedAttemptsException: 'service-unavailable',
  UserLambdaValidationException: 'service-unavailable',
};

/** Cognito says the same of a wrong password and of a token that it has revoked; the second is rare. */
const CHANGE: CognitoCodes = { ...SESSION, NotAuthorizedException: 'wrong-password' };

/** How long a deleted account's tokens could be used: no access token of Cognito's lives longer than a day. */
const DAY_MS = 24 * 60 * 60 * 1000;
/** After this time no server takes a token of a session that was ended. */
const KNOWN_EVERYWHERE_MS = 1000;

/** Everything that Cognito does for us. */
export function cognitoIdentity(config: CognitoConfig, revocations: Revocations, now: () => Date): Identity {
  const client = cognitoClient(config);
  const tokens = cognitoTokens(config, now);
  const { setPassword, ...accounts } = cognitoAccounts(config, client);
  const { verify, ...sessions } = cognitoSessions(config, client, tokens, revocations);

  async function emailOf({ accessToken = '' }: Session): Promise<string> {
    const token = await tokens.verify(accessToken);
    if (token.email === undefined) {
      const { UserAttributes = [] } = await client.ask(
        (aws, cognito) => cognito.send(new aws.GetUserCommand({ AccessToken: accessToken })),
        READ,
      );
      token.email = UserAttributes.find(({ Name }) => Name === 'email')?.Value ?? '';
    }
    return token.email;
  }

  return {
    ...accounts,
    ...sessions,
    emailOf,

    async verify({ accessToken }) {
      if (!accessToken) throw new Problem('unauthenticated');
      return (await verify(accessToken)).user;
    },

    async resetPassword(reset) {
      await setPassword(reset);
      // Only a token of its own ends the sessions of an account; where the pool asks for a further step, there is none.
      await sessions
        .login(reset)
        .then(sessions.logoutEverywhere)
        .catch(() => undefined);
    },

    async changePassword(session, { current_password, new_password }) {
      const email = await emailOf(session);
      const change = {
        AccessToken: session.accessToken,
        PreviousPassword: current_password,
        ProposedPassword: new_password,
      };
      await client.ask((aws, cognito) => cognito.send(new aws.ChangePasswordCommand(change)), CHANGE, '/new_password');
      // The password is changed: from here on, nothing is to be repeated.
      await sessions.logoutEverywhere(session).catch(() => undefined);
      return sessions.login({ email, password: new_password }).catch(() => null);
    },

    async deleteUser({ accessToken = '' }) {
      const { user } = await tokens.verify(accessToken);
      await revocations.revokeUser(user.id, DAY_MS);
      await client.ask(
        (aws, cognito) => cognito.send(new aws.DeleteUserCommand({ AccessToken: accessToken })),
        SESSION,
      );
      await sleep(KNOWN_EVERYWHERE_MS);
    },
  };
}
