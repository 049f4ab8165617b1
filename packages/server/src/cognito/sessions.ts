/** The part of Cognito for sessions: how they begin, go on and end. */
import { hash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Identity, Session } from '@async-chatbot/core/ports/identity';
import { Problem } from '@async-chatbot/shared/problem';
import type { CognitoClient } from './client.ts';
import type { CognitoCodes } from './problems.ts';
import type { Revocations } from './revocations.ts';
import type { CognitoTokens, VerifiedToken } from './tokens.ts';

export interface CognitoSessionsConfig {
  clientId: string;
  clientSecret?: string | undefined;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** No access token of Cognito's lives longer. */
const ACCESS_MS = DAY_MS;
/** What Cognito gives a refresh token by default. */
const REFRESH_MS = 30 * DAY_MS;

const LOGIN: CognitoCodes = {
  NotAuthorizedException: 'invalid-credentials',
  PasswordResetRequiredException: 'password-reset-required',
  UserNotConfirmedException: 'email-not-confirmed',
  UserNotFoundException: 'invalid-credentials',
};

const REFRESH: CognitoCodes = {
  InvalidParameterException: 'session-expired',
  NotAuthorizedException: 'session-expired',
  PasswordResetRequiredException: 'session-expired',
  RefreshTokenReuseException: 'refresh-reused',
  UserNotConfirmedException: 'session-expired',
  UserNotFoundException: 'session-expired',
};

type Sessions = Pick<Identity, 'login' | 'refresh' | 'logout' | 'logoutEverywhere'> & {
  /** The verified access token of a session that has not ended; throws `unauthenticated`. */
  verify: (session: Session) => Promise<VerifiedToken>;
};

export function cognitoSessions(
  { clientId, clientSecret }: CognitoSessionsConfig,
  { ask, secretHash }: CognitoClient,
  tokens: CognitoTokens,
  revocations: Revocations,
): Sessions {
  const refreshing = new Map<string, Promise<Session>>();

  async function open(email: string, password: string) {
    const secret = secretHash(email);
    const AuthParameters = { USERNAME: email, PASSWORD: password, ...(secret && { SECRET_HASH: secret }) };
    const input = { ClientId: clientId, AuthFlow: 'USER_PASSWORD_AUTH' as const, AuthParameters };
    const answer = await ask((aws, client) => client.send(new aws.InitiateAuthCommand(input)), LOGIN);
    const { AuthenticationResult: given, ChallengeName } = answer;
    if (!given) throw new Problem('challenge-required', { cause: new Error(ChallengeName) });
    return { accessToken: given.AccessToken ?? '', refreshToken: given.RefreshToken };
  }

  /** True if Cognito has done it. */
  const revokeToken = (Token: string): Promise<boolean> =>
    ask((aws, client) =>
      client.send(new aws.RevokeTokenCommand({ ClientId: clientId, ClientSecret: clientSecret, Token })),
    ).then(
      () => true,
      () => false,
    );

  async function exchange({ accessToken, refreshToken = '' }: Session): Promise<Session> {
    const input = { ClientId: clientId, ClientSecret: clientSecret, RefreshToken: refreshToken };
    const question = ask((aws, client) => client.send(new aws.GetTokensFromRefreshTokenCommand(input)), REFRESH);
    const { AuthenticationResult: given } = await question.catch(async (problem: Problem) => {
      if (problem.code === 'refresh-reused') await endSession({ accessToken, refreshToken }, REFRESH_MS);
      throw problem;
    });
    const session = { accessToken: given?.AccessToken ?? '', refreshToken: given?.RefreshToken ?? refreshToken };
    // Cognito may not know that this server has ended the session.
    if (!(await revocations.has(await tokens.verify(session.accessToken)))) return session;
    await revokeToken(session.refreshToken);
    throw new Problem('session-expired', { cause: new RevokedSessionError() });
  }

  /** Our own list works at once and without Cognito; it needs the access token, though an expired one will do. */
  async function endSession({ accessToken, refreshToken }: Session, forMs: number): Promise<void> {
    const token = accessToken && (await tokens.readExpired(accessToken).catch(() => undefined));
    const [isRevoked] = await Promise.all([
      refreshToken !== undefined && revokeToken(refreshToken),
      token && revocations.revokeSession(token.sessionId, forMs),
    ]);
    if (!isRevoked && token && forMs < REFRESH_MS) await revocations.revokeSession(token.sessionId, REFRESH_MS);
  }

  async function verify({ accessToken }: Session): Promise<VerifiedToken> {
    if (!accessToken) throw new Problem('unauthenticated');
    const token = await tokens.verify(accessToken);
    if (await revocations.has(token)) throw new Problem('unauthenticated', { cause: new RevokedSessionError() });
    return token;
  }

  return {
    verify,

    async login({ email, password }) {
      const session = await open(email, password);
      // Tokens tell the second of a login alone: one in the very second of a `logoutEverywhere` would be over at once.
      if (!(await revocations.hasNow(await tokens.verify(session.accessToken)))) return session;
      await sleep(1000);
      return open(email, password);
    },

    async refresh(session) {
      const { refreshToken } = session;
      if (!refreshToken) throw new Problem('unauthenticated');
      const key = hash('sha256', refreshToken, 'base64');
      const running = refreshing.get(key) ?? exchange(session).finally(() => refreshing.delete(key));
      refreshing.set(key, running);
      return running;
    },

    async logout(session) {
      await endSession(session, ACCESS_MS).catch(() => undefined);
    },

    async logoutEverywhere(session) {
      const { user } = await verify(session);
      // Without Cognito, our own list still ends them all; without the list, Cognito ends those that are to be refreshed.
      const [listed] = await Promise.allSettled([
        revocations.revokeUser(user.id, REFRESH_MS),
        ask((aws, client) => client.send(new aws.GlobalSignOutCommand({ AccessToken: session.accessToken }))),
      ]);
      if (listed.status === 'rejected') throw listed.reason;
    },
  };
}

class RevokedSessionError extends Error {
  override name = 'RevokedSessionError';
}
