import { setTimeout as sleep } from 'node:timers/promises';
import type { Identity, Session } from '@async-chatbot/core/ports/identity';
import type { Problem } from '@async-chatbot/shared/problem';
import { timeout } from '@async-chatbot/shared/timeout';
import { REQUEST_MS, type RequestContext, requestContext, requestScope } from '../request-context.ts';
import { type CognitoAccountsConfig, cognitoAccounts } from './accounts.ts';
import { type CognitoClientConfig, cognitoClient } from './client.ts';
import { cognitoPasswords } from './passwords.ts';
import { type CognitoCodes, SESSION_CODES } from './problems.ts';
import type { Revocations } from './revocations.ts';
import { type CognitoSessionsConfig, cognitoSessions } from './sessions.ts';
import { cognitoTokens, type TokenConfig, type VerifiedToken } from './tokens.ts';

type CognitoConfig = CognitoClientConfig & CognitoAccountsConfig & CognitoSessionsConfig & TokenConfig;

/** Limits and policies of the pool do not apply to reading, so these count as outages. */
const READ: CognitoCodes = {
  ...SESSION_CODES,
  ForbiddenException: 'service-unavailable',
  LimitExceededException: 'service-unavailable',
  TooManyFailedAttemptsException: 'service-unavailable',
  UserLambdaValidationException: 'service-unavailable',
};

/** Cognito's maximum lifetime of an access token. */
const DAY_MS = 24 * 60 * 60 * 1000;
/** How long it takes until every server rejects the tokens of an ended session. */
const PROPAGATION_MS = 1000;

/** The identity port on Cognito. All access tokens are verified by `sessions.verify`. */
export function cognitoIdentity(
  config: CognitoConfig,
  revocations: Revocations,
  now: () => Date,
  context: RequestContext = requestContext(),
): Identity {
  const client = cognitoClient(config, context);
  const accounts = cognitoAccounts(config, client);
  const sessions = cognitoSessions(config, client, cognitoTokens(config, now), revocations);
  const passwords = cognitoPasswords(client, accounts, sessions, emailOf);
  /** Saves a request that reads the email a second verification. */
  let lastVerified: { session: Session; token: VerifiedToken } | undefined;

  return {
    register: accounts.register,
    resendConfirmation: accounts.resendConfirmation,
    forgotPassword: accounts.forgotPassword,
    login: sessions.login,
    logout: (session) => toTheEnd(() => sessions.logout(session)),
    logoutEverywhere: (session) => toTheEnd(() => sessions.logoutEverywhere(session)),
    confirm: (confirmation) => toTheEnd(() => passwords.confirm(confirmation)),
    resetPassword: (reset) => toTheEnd(() => passwords.resetPassword(reset)),
    changePassword: (session, change) => toTheEnd(() => passwords.changePassword(session, change)),
    deleteUser: (session) => toTheEnd(() => deleteUser(session)),
    emailOf,

    // For a client that has left, the refresh token would be exchanged in vain.
    async refresh(session) {
      requestScope(context).assertOpen();
      return toTheEnd(() => sessions.refresh(session));
    },

    async verify(session) {
      const token = await sessions.verify(session);
      lastVerified = { session, token };
      return token.user;
    },
  };

  /**
   * Runs to completion even if the client disconnects, which could leave a session that a user wanted to end, or a new password
   * with the old sessions. Has a deadline of its own.
   */
  function toTheEnd<Result>(run: () => Promise<Result>): Promise<Result> {
    const { signal, clear } = timeout(REQUEST_MS);
    const signals = { deadline: () => signal, disconnected: () => signal };
    return context.run({ ...context.getStore(), signals }, run).finally(clear);
  }

  async function deleteUser(session: Session): Promise<void> {
    const { user } = await sessions.verify(session);
    await revocations.revokeUser(user.id, DAY_MS);
    const deleteAccount = () =>
      client.request(
        (aws, cognito) => cognito.send(new aws.DeleteUserCommand({ AccessToken: session.accessToken })),
        SESSION_CODES,
      );
    await deleteAccount()
      // If only the response was lost, the retry finds no user.
      .catch((problem: Problem) => (problem.code === 'service-unavailable' ? deleteAccount() : Promise.reject(problem)))
      .catch((problem: Problem) => {
        if (!isUserNotFound(problem)) throw problem;
      });
    await sleep(PROPAGATION_MS);
  }

  /** Requests the email from Cognito once per token. */
  async function emailOf(session: Session): Promise<string> {
    const token = lastVerified?.session === session ? lastVerified.token : await sessions.verify(session);
    if (token.email === undefined) {
      const { UserAttributes = [] } = await client.request(
        (aws, cognito) => cognito.send(new aws.GetUserCommand({ AccessToken: session.accessToken })),
        READ,
      );
      token.email = UserAttributes.find(({ Name }) => Name === 'email')?.Value ?? '';
    }
    return token.email;
  }
}

const isUserNotFound = ({ cause }: Problem): boolean =>
  cause instanceof Error && cause.name === 'UserNotFoundException';
