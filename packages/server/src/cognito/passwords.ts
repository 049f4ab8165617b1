import type { Identity, Session } from '@async-chatbot/core/ports/identity';
import { Problem } from '@async-chatbot/shared/problem';
import type { CognitoAccounts } from './accounts.ts';
import type { CognitoClient } from './client.ts';
import { type CognitoCodes, SESSION_CODES } from './problems.ts';
import type { CognitoSessions } from './sessions.ts';

type Credentials = Parameters<Identity['login']>[0];

/** Cognito has the same error for a wrong password and a revoked token, which is rare. */
const CHANGE: CognitoCodes = { ...SESSION_CODES, NotAuthorizedException: 'wrong-password' };

/** Operations that set a password and end the sessions opened with the previous one. */
export function cognitoPasswords(
  client: CognitoClient,
  accounts: CognitoAccounts,
  sessions: CognitoSessions,
  emailOf: Identity['emailOf'],
): Pick<Identity, 'confirm' | 'resetPassword' | 'changePassword'> {
  return {
    // The code proves ownership of the address, and the registration does not.
    async confirm({ password, ...confirmation }) {
      await accounts.confirm(confirmation);
      const credentials = password !== undefined && { email: confirmation.email, password };
      if (!credentials || (await isPassword(credentials))) return;
      await accounts.replacePassword(credentials);
      // Cognito does not end sessions that were opened with the replaced password.
      await endSessions(credentials).catch((cause: Problem) => {
        if (cause.code !== 'challenge-required') throw new Problem('password-reset-required', { cause });
      });
    },

    async resetPassword(reset) {
      await accounts.setPassword(reset);
      await endSessions(reset).catch(() => undefined);
    },

    async changePassword(session: Session, { current_password, new_password }) {
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
    },
  };

  /** False during an outage. */
  async function isPassword(credentials: Credentials): Promise<boolean> {
    return sessions.login(credentials).then(
      (session) => sessions.logout(session).then(() => true),
      ({ code }: Problem) => code === 'challenge-required',
    );
  }

  /** Ending all sessions takes an access token, so log in. Throws `challenge-required` if the login has a challenge. */
  async function endSessions(credentials: Credentials): Promise<void> {
    await sessions.login(credentials).then(sessions.logoutEverywhere);
  }
}
