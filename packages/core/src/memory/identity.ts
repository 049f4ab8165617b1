import { Problem } from '@async-chatbot/shared/problem';
import type { Identity, Session } from '../ports/identity.ts';
import { accessTokens, type IssuedTokens } from './access-tokens.ts';
import type { OpenSession } from './user-pool/sessions.ts';
import { unwrap } from './user-pool/unwrap.ts';
import type { UserPool } from './user-pool.ts';

export interface MemoryIdentityOptions {
  /** `open`: new accounts can log in at once. `confirm`: they need a code, and no response reveals whether one exists. */
  registration: 'open' | 'confirm';
  now: () => Date;
  newToken: () => string;
}

interface MemoryIdentity extends Identity {
  /** Issues the tokens of a session that the pool opened. */
  issue(opened: OpenSession): IssuedTokens;
  /** Invalidates all access tokens; refresh tokens still work. */
  expireAccessTokens(): void;
}

const LOGIN_PROBLEMS = {
  'wrong-credentials': 'invalid-credentials',
  disabled: 'invalid-credentials',
  unconfirmed: 'email-not-confirmed',
  'reset-required': 'password-reset-required',
} as const;

/** The identity port on an in-memory user pool, with opaque access tokens. */
export function memoryIdentity(pool: UserPool, { registration, now, newToken }: MemoryIdentityOptions): MemoryIdentity {
  const tokens = accessTokens(now, newToken);

  function verified({ accessToken }: Session) {
    const token = tokens.find(accessToken);
    if (!token || tokens.isExpired(token)) throw new Problem('unauthenticated');
    return unwrap(pool.findSession(token.userId, token.sessionId), () => new Problem('unauthenticated'));
  }

  return {
    issue: tokens.issue,
    expireAccessTokens: tokens.clear,

    async register(account) {
      const outcome = pool.signUp({ ...account, isConfirmed: registration === 'open' });
      if (outcome === 'weak-password') throw weakPassword('/password');
      if (outcome === 'email-taken' && registration === 'open') throw new Problem('email-taken');
      return registration === 'open' ? 'usable' : 'unconfirmed';
    },

    async confirm({ email, code, password }) {
      unwrap(pool.confirm(email, code), () => new Problem('code-invalid'));
      if (password === undefined || pool.hasPassword(email, password)) return;
      const { id } = unwrap(pool.setPassword(email, password), () => new Problem('password-reset-required'));
      pool.endSessions(id);
    },

    async resendConfirmation(email) {
      pool.resendConfirmation(email);
    },

    async forgotPassword(email) {
      pool.forgotPassword(email);
    },

    async resetPassword(reset) {
      const account = unwrap(pool.resetPassword(reset), (reason) =>
        reason === 'weak-password' ? weakPassword('/password') : new Problem('code-invalid'),
      );
      pool.endSessions(account.id);
    },

    async login({ email, password }) {
      const opened = unwrap(pool.login(email, password), (reason) => new Problem(LOGIN_PROBLEMS[reason]));
      return tokens.issue(opened);
    },

    async refresh({ refreshToken }) {
      if (!refreshToken) throw new Problem('unauthenticated');
      const outcome = pool.refresh(refreshToken);
      if (outcome === 'token-reused') pool.revoke(refreshToken);
      const opened = unwrap(
        outcome,
        (reason) => new Problem(reason === 'token-reused' ? 'refresh-reused' : 'session-expired'),
      );
      return tokens.issue(opened);
    },

    async logout({ accessToken, refreshToken = '' }) {
      const token = tokens.find(accessToken);
      if (token) pool.endSession(token.userId, token.sessionId);
      pool.revoke(refreshToken);
    },

    async logoutEverywhere(session) {
      pool.endSessions(verified(session).account.id);
    },

    async verify(presented) {
      const { account, session } = verified(presented);
      return { id: account.id, loggedInAt: new Date(session.startedAtMs) };
    },

    async emailOf(session) {
      return verified(session).account.email;
    },

    async changePassword(session, { current_password, new_password }) {
      const { account } = verified(session);
      unwrap(pool.changePassword(account.id, current_password, new_password), (reason) =>
        reason === 'weak-password' ? weakPassword('/new_password') : new Problem('wrong-password'),
      );
      pool.endSessions(account.id);
      return tokens.issue(unwrap(pool.startSession(account.email), () => new Problem('unauthenticated')));
    },

    async deleteUser(session) {
      pool.deleteUser(verified(session).account.id);
    },
  };
}

const weakPassword = (pointer: string): Problem =>
  new Problem('validation-failed', {
    errors: [{ pointer, code: 'policy', message: "does not meet the user pool's password policy" }],
  });
