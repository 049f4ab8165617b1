import { memoryIdentity } from '@async-chatbot/core/memory/identity';
import { userPool } from '@async-chatbot/core/memory/user-pool';
import { CLIENT, startPool } from '../support/servers/cognito-pool.ts';
import type { PoolHost, Tokens } from './pool-host.ts';

/** The pool behind Cognito's wire protocol, as AWS's client sees it. */
export async function wireHost(): Promise<PoolHost> {
  const { cognito, login, mail, passes, refresh, users } = await startPool({ registration: 'confirm' });
  return {
    signUp: (Username, Password) => cognito.signUp({ ...CLIENT, Username, Password }),
    confirm: (Username, ConfirmationCode) => cognito.confirmSignUp({ ...CLIENT, Username, ConfirmationCode }),
    resend: (Username) => cognito.resendConfirmationCode({ ...CLIENT, Username }),
    forgot: (Username) => cognito.forgotPassword({ ...CLIENT, Username }),
    reset: (Username, ConfirmationCode, Password) =>
      cognito.confirmForgotPassword({ ...CLIENT, Username, ConfirmationCode, Password }),
    login: async (email, password) => renamed(await login({ email, password })),
    refresh: async ({ refreshToken }) => renamed(await refresh(refreshToken)),
    changePassword: ({ accessToken }, PreviousPassword, ProposedPassword) =>
      cognito.changePassword({ AccessToken: accessToken, PreviousPassword, ProposedPassword }),
    administrate: (change, email) => users[change](email),
    newestCode: () => mail.at(-1)?.code ?? '',
    advance: passes,
  };
}

const renamed = ({ access, refresh }: { access: string; refresh: string }): Tokens => ({
  accessToken: access,
  refreshToken: refresh,
});

/** The pool behind the identity port in memory. */
export function memoryHost(): PoolHost {
  let nowMs = Date.now();
  let newest = '';
  const now = () => new Date(nowMs);
  const newToken = () => crypto.randomUUID();
  const pool = userPool({
    now,
    newId: newToken,
    newRefreshToken: newToken,
    newCode: () => newToken().slice(0, 6),
    onCode: ({ code }) => {
      newest = code;
    },
  });
  const identity = memoryIdentity(pool, { registration: 'confirm', now, newToken });
  const tokensOf = ({ accessToken = '', refreshToken = '' }): Tokens => ({ accessToken, refreshToken });
  return {
    signUp: (email, password) => identity.register({ email, password }),
    confirm: (email, code) => identity.confirm({ email, code }),
    resend: (email) => identity.resendConfirmation(email),
    forgot: (email) => identity.forgotPassword(email),
    reset: (email, code, password) => identity.resetPassword({ email, code, password }),
    login: async (email, password) => tokensOf(await identity.login({ email, password })),
    refresh: async (tokens) => tokensOf(await identity.refresh(tokens)),
    changePassword: (tokens, current_password, new_password) =>
      identity.changePassword(tokens, { current_password, new_password }),
    administrate: async (change, email) => pool[change](email),
    newestCode: () => newest,
    advance(ms) {
      nowMs += ms;
    },
  };
}
