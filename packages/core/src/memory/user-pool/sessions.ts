import type { Account, PoolSession, PoolUser } from './account.ts';
import type { Accounts } from './accounts.ts';

/** An open session with its newest refresh token. */
export interface OpenSession {
  readonly account: PoolUser;
  readonly session: Readonly<PoolSession>;
  readonly refreshToken: string;
}

/** Cognito's default lifetime of refresh tokens, counted from the login. Rotation does not extend it. */
const LIFETIME_MS = 30 * 24 * 3_600_000;
/** Per session. Older tokens are dropped and count as unknown. */
const MAX_STORED_TOKENS = 100;

export interface SessionOptions {
  newId: () => string;
  newRefreshToken: () => string;
  /** How refresh tokens are stored; in plain text by default. */
  hashToken?: ((token: string) => string) | undefined;
  /** How long an exchanged refresh token still works, for clients that lost the response; 30 seconds by default. */
  refreshGraceMs?: number | undefined;
}

/** The sessions of all accounts, with rotating refresh tokens. */
export function sessionsOf(
  accounts: Accounts,
  nowMs: () => number,
  { newId, newRefreshToken, hashToken = (token) => token, refreshGraceMs = 30_000 }: SessionOptions,
) {
  return {
    start(account: Account): OpenSession {
      const session: PoolSession = { id: newId(), startedAtMs: nowMs(), tokens: [] };
      account.sessions = [...account.sessions.filter((each) => !hasExpired(each)), session];
      return withNewToken(account, session);
    },

    /** Exchanges a refresh token for a new one. Rejects a reused token, and leaves its session open. */
    refresh(refreshToken: string): OpenSession | 'unknown-token' | 'session-expired' | 'token-reused' {
      const found = find(refreshToken);
      if (!found) return 'unknown-token';
      const { account, session, token } = found;
      if (hasExpired(session)) return 'session-expired';
      if (token.rotatedAtMs !== undefined && nowMs() >= token.rotatedAtMs + refreshGraceMs) return 'token-reused';
      token.rotatedAtMs ??= nowMs();
      return withNewToken(account, session);
    },

    /** Ends the session of a refresh token, rotated or not. */
    revoke(refreshToken: string): void {
      const found = find(refreshToken);
      if (found) found.account.sessions = found.account.sessions.filter((each) => each !== found.session);
    },
  };

  function withNewToken(account: Account, session: PoolSession): OpenSession {
    const refreshToken = newRefreshToken();
    session.tokens = [...session.tokens, { hash: hashToken(refreshToken) }].slice(-MAX_STORED_TOKENS);
    return { account, session, refreshToken };
  }

  function find(refreshToken: string) {
    const hash = hashToken(refreshToken);
    for (const account of accounts.all()) {
      for (const session of account.sessions) {
        const token = session.tokens.find((each) => each.hash === hash);
        if (token) return { account, session, token };
      }
    }
    return undefined;
  }

  function hasExpired({ startedAtMs }: PoolSession): boolean {
    return nowMs() >= startedAtMs + LIFETIME_MS;
  }
}
