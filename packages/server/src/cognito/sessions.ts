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
/** Cognito's maximum lifetime of an access token. */
const MAX_ACCESS_TOKEN_MS = DAY_MS;
/** Cognito's default lifetime of a refresh token. */
const REFRESH_TOKEN_MS = 30 * DAY_MS;

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

export type CognitoSessions = Pick<Identity, 'login' | 'refresh' | 'logout' | 'logoutEverywhere'> & {
  /** Verifies the access token and that the session has not ended. Throws `unauthenticated`. */
  verify: (session: Session) => Promise<VerifiedToken>;
};

export function cognitoSessions(
  { clientId, clientSecret }: CognitoSessionsConfig,
  { request, secretHash }: CognitoClient,
  tokens: CognitoTokens,
  revocations: Revocations,
): CognitoSessions {
  const refreshing = new Map<string, Promise<Session>>();

  async function open(email: string, password: string) {
    const secret = secretHash(email);
    const AuthParameters = { USERNAME: email, PASSWORD: password, ...(secret && { SECRET_HASH: secret }) };
    const input = { ClientId: clientId, AuthFlow: 'USER_PASSWORD_AUTH' as const, AuthParameters };
    const response = await request((aws, client) => client.send(new aws.InitiateAuthCommand(input)), LOGIN);
    const { AuthenticationResult: issued, ChallengeName } = response;
    if (!issued) throw new Problem('challenge-required', { cause: new Error(ChallengeName) });
    return { accessToken: issued.AccessToken ?? '', refreshToken: issued.RefreshToken };
  }

  /** Resolves to whether Cognito revoked the token. */
  const revokeToken = (Token: string): Promise<boolean> =>
    request((aws, client) =>
      client.send(new aws.RevokeTokenCommand({ ClientId: clientId, ClientSecret: clientSecret, Token })),
    ).then(
      () => true,
      () => false,
    );

  async function exchange({ accessToken, refreshToken = '' }: Session): Promise<Session> {
    const input = { ClientId: clientId, ClientSecret: clientSecret, RefreshToken: refreshToken };
    const response = request((aws, client) => client.send(new aws.GetTokensFromRefreshTokenCommand(input)), REFRESH);
    const { AuthenticationResult: issued } = await response.catch(async (problem: Problem) => {
      if (problem.code === 'refresh-reused') await endSession({ accessToken, refreshToken }, REFRESH_TOKEN_MS);
      throw problem;
    });
    const session = { accessToken: issued?.AccessToken ?? '', refreshToken: issued?.RefreshToken ?? refreshToken };
    // Revoking the token in Cognito may have failed when the session ended.
    if (!(await revocations.has(await tokens.verifyIssued(session.accessToken)))) return session;
    await revokeToken(session.refreshToken);
    throw new Problem('session-expired', { cause: new RevokedSessionError() });
  }

  /** Revocations in DynamoDB take effect at once, even without Cognito, but need an access token, which may have expired. */
  async function endSession({ accessToken, refreshToken }: Session, forMs: number): Promise<void> {
    const token = accessToken && (await tokens.readExpired(accessToken).catch(() => undefined));
    const [isRevoked] = await Promise.all([
      refreshToken !== undefined && revokeToken(refreshToken),
      token && revocations.revokeSession(token.sessionId, forMs),
    ]);
    if (!isRevoked && token && forMs < REFRESH_TOKEN_MS)
      await revocations.revokeSession(token.sessionId, REFRESH_TOKEN_MS);
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
      // `auth_time` is in whole seconds: a login in the same second as a `logoutEverywhere` counts as ended.
      if (!(await revocations.hasNow(await tokens.verifyIssued(session.accessToken)))) return session;
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
      await endSession(session, MAX_ACCESS_TOKEN_MS).catch(() => undefined);
    },

    async logoutEverywhere(session) {
      const { user } = await verify(session);
      // If Cognito fails, the revocations still end all sessions; if those fail, Cognito still rejects their refresh tokens.
      const [revoked] = await Promise.allSettled([
        revocations.revokeUser(user.id, REFRESH_TOKEN_MS),
        request((aws, client) => client.send(new aws.GlobalSignOutCommand({ AccessToken: session.accessToken }))),
      ]);
      if (revoked.status === 'rejected') throw revoked.reason;
    },
  };
}

class RevokedSessionError extends Error {
  override name = 'RevokedSessionError';
}
