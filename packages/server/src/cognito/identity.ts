import { setTimeout as sleep } from 'node:timers/promises';
import type { Identity, Session } from '@async-chatbot/core/ports/identity';
import type { Problem } from '@async-chatbot/shared/problem';
import { REQUEST_MS, type RequestContext, requestContext } from '../request-context.ts';
import { type CognitoAccountsConfig, cognitoAccounts } from './accounts.ts';
import { type CognitoClientConfig, cognitoClient } from './client.ts';
import type { CognitoCodes } from './problems.ts';
import type { Revocations } from './revocations.ts';
import { type CognitoSessionsConfig, cognitoSessions } from './sessions.ts';
import { cognitoTokens, type TokenConfig } from './tokens.ts';

type CognitoConfig = CognitoClientConfig & CognitoAccountsConfig & CognitoSessionsConfig & TokenConfig;

/** For a verified token that has since been revoked, or whose user has been changed or deleted. */
const SESSION: CognitoCodes = {
  InvalidParameterException: 'unauthenticated',
  NotAuthorizedException: 'unauthenticated',
  PasswordResetRequiredException: 'unauthenticated',
  UserNotConfirmedException: 'unauthenticated',
  UserNotFoundException: 'unauthenticated',
};

/** Limits and policies of the pool do not apply to reading, so these count as outages. */
const READ: CognitoCodes = {
  ...SESSION,
  ForbiddenException: 'service-unavailable',
  LimitExceededException: 'service-unavailable',
  TooManyFailedAttemptsException: 'service-unavailable',
  UserLambdaValidationException: 'service-unavailable',
};

/** Cognito has the same error for a wrong password and a revoked token, which is rare. */
const CHANGE: CognitoCodes = { ...SESSION, NotAuthorizedException: 'wrong-password' };

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

  return {
    register: accounts.register,
    confirm: accounts.confirm,
    resendConfirmation: accounts.resendConfirmation,
    forgotPassword: accounts.forgotPassword,
    login: sessions.login,
    refresh: (session) => toTheEnd(() => sessions.refresh(session)),
    logout: (session) => toTheEnd(() => sessions.logout(session)),
    logoutEverywhere: (session) => toTheEnd(() => sessions.logoutEverywhere(session)),
    resetPassword: (reset) => toTheEnd(() => resetPassword(reset)),
    changePassword: (session, change) => toTheEnd(() => changePassword(session, change)),
    deleteUser: (session) => toTheEnd(() => deleteUser(session)),
    emailOf,

    async verify(session) {
      return (await sessions.verify(session)).user;
    },
  };

  /**
   * Completes what a client that disconnects must not leave half done: a refresh token exchanged but never received, or a new
   * password with the old sessions.
   */
  function toTheEnd<Result>(run: () => Promise<Result>): Promise<Result> {
    const limit = AbortSignal.timeout(REQUEST_MS);
    return context.run({ deadline: () => limit, disconnected: () => limit }, run);
  }

  async function resetPassword(reset: PasswordReset): Promise<void> {
    await accounts.setPassword(reset);
    // Ending all sessions takes an access token, so log in. If the login has a challenge, sessions stay open.
    await sessions
      .login(reset)
      .then(sessions.logoutEverywhere)
      .catch(() => undefined);
  }

  async function changePassword(session: Session, { current_password, new_password }: PasswordChange) {
    const email = await emailOf(session);
    const change = {
      AccessToken: session.accessToken,
      PreviousPassword: current_password,
      ProposedPassword: new_password,
    };
    await client.request(
      (aws, cognito) => cognito.send(new aws.ChangePasswordCommand(change)),
      CHANGE,
      '/new_password',
    );
    // The password has been changed, and an error would make the client retry.
    await sessions.logoutEverywhere(session).catch(() => undefined);
    return sessions.login({ email, password: new_password }).catch(() => null);
  }

  async function deleteUser(session: Session): Promise<void> {
    const { user } = await sessions.verify(session);
    await revocations.revokeUser(user.id, DAY_MS);
    await client
      .request((aws, cognito) => cognito.send(new aws.DeleteUserCommand({ AccessToken: session.accessToken })), SESSION)
      .catch((problem: Problem) => {
        // The SDK retries a deletion whose response was lost, and the retry finds no user.
        if (!isUserNotFound(problem)) throw problem;
      });
    await sleep(PROPAGATION_MS);
  }

  /** Requests the email from Cognito once per token. */
  async function emailOf(session: Session): Promise<string> {
    const token = await sessions.verify(session);
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

type PasswordReset = Parameters<Identity['resetPassword']>[0];
type PasswordChange = Parameters<Identity['changePassword']>[1];

const isUserNotFound = ({ cause }: Problem): boolean =>
  cause instanceof Error && cause.name === 'UserNotFoundException';
